"""Facts about a checked file that several readers need."""

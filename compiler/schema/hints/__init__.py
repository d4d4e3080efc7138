"""Names that people write by mistake, and what they are called here."""

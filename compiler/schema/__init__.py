"""Written arguments and settings to validated pydantic models."""

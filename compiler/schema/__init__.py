"""Validates arguments and settings, and turns them into pydantic models."""

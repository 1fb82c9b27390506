"""Proves that the record is what it was when it was written, or names the first fault."""

"""The record as of two moments: what was so on a day, and what was known on a day."""

"""Concerns, and the consideration of a power by named people."""

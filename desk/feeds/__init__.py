"""Calendars that people subscribe to: what stands in them, and the secret addresses at which they are read."""

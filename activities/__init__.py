"""The hands: one outward act each, safe to repeat."""

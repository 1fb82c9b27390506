"""The improvement plan: kept, moved on, delivered; and what is slow, stale or uncovered in it."""

"""The patience: when to look again."""

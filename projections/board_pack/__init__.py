"""The papers of a board as at one moment: frozen, and provable from the record."""

"""Sheets of paper: what is on them, and how they become PDF where WeasyPrint is installed."""

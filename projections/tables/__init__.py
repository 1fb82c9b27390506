"""Answers kept in tables of PostgreSQL: folded from the record page by page, and built anew beside the old ones."""

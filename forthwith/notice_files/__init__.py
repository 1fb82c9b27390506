"""Reading the files in which people write notices and scenarios."""

"""All that the record says at one moment, as rows, and their digest."""

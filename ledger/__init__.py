"""The permanent record on PostgreSQL: append, read as at, prove."""

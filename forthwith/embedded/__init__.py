"""PostgreSQL and Temporal from wheels, and the engine beside them, in one process tree."""

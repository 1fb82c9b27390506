-- Two builds would fill the same tables: the second waits until the first is over, or its connection is.
SELECT pg_advisory_lock(7165084902)

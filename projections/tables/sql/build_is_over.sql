-- Whoever waits to build may begin.
SELECT pg_advisory_unlock(7165084902)

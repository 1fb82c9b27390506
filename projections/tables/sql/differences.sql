-- The rows that only one of two tables has, as text, at most $1 of each. {table} is the live one's name.
(SELECT 'live' AS side, found.line FROM (
    SELECT t::text AS line FROM forthwith_read.{table} AS t
    EXCEPT ALL SELECT t::text FROM forthwith_read.{table}_next AS t
) AS found ORDER BY found.line LIMIT $1)
UNION ALL
(SELECT 'rebuilt' AS side, found.line FROM (
    SELECT t::text AS line FROM forthwith_read.{table}_next AS t
    EXCEPT ALL SELECT t::text FROM forthwith_read.{table} AS t
) AS found ORDER BY found.line LIMIT $1)

-- A login reads for nobody any more; whether it did.
WITH gone AS (DELETE FROM forthwith.readers WHERE login = $1 AND person IS NOT NULL RETURNING login)
SELECT EXISTS (SELECT FROM gone)

-- Write one line of the access log.
SELECT forthwith.note_access($1, $2, $3, $4, $5, $6, $7, $8)

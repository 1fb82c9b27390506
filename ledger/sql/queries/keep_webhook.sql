-- Remember how far a webhook has been told.
SELECT forthwith.keep_webhook($1, $2, $3, $4, $5, $6, $7)

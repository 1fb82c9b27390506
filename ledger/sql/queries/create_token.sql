-- Keep a token; asking again with the same id changes nothing.
SELECT forthwith.create_token($1, $2, $3, $4, $5, $6, $7, $8)

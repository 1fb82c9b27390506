-- Keep a link for somebody without an account, with the digest of its secret.
SELECT forthwith.make_outside_link($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

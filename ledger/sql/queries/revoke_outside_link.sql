-- Make a link good for nothing; NULL where there is none.
SELECT forthwith.revoke_outside_link($1, $2) AS found

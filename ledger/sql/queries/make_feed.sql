-- Make an address in place of another; false where one is in force that was not named.
SELECT forthwith.make_feed($1, $2, $3, $4, $5, $6) AS made

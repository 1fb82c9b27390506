-- Counts a try at a password; false where there were too many.
SELECT forthwith.count_guess($1, $2, $3) AS counted

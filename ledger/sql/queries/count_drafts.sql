-- How many sections somebody has written and not sent.
SELECT forthwith.count_drafts($1) AS found

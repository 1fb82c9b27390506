-- Keep what somebody has written in one section.
SELECT forthwith.keep_draft($1, $2, $3, $4, $5)

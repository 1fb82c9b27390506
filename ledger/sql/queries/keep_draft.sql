-- Keep what somebody has written in one section, sealed; whether it was kept.
SELECT forthwith.keep_draft($1, $2, $3, $4, $5, $6, $7, $8) AS kept

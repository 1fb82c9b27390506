-- Forget what somebody has written of one report.
SELECT forthwith.discard_draft($1, $2)

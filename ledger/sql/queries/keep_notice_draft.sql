-- Keep a draft of a notice.
SELECT forthwith.keep_notice_draft($1, $2, $3, $4, $5, $6) AS kept

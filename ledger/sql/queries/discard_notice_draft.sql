-- Forget a draft of a notice.
SELECT forthwith.discard_notice_draft($1, $2)

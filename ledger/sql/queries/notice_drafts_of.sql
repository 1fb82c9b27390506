-- What some roles have in hand, newest first.
SELECT draft, owner, title, changed_by, changed_at FROM forthwith.notice_drafts
WHERE owner = ANY ($1) ORDER BY changed_at DESC, draft

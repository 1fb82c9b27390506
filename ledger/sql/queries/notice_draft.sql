-- One draft of a notice with its text, if it is one of these roles'.
SELECT draft, owner, title, text, changed_by, changed_at FROM forthwith.notice_drafts
WHERE draft = $1 AND owner = ANY ($2)

-- What some roles have in hand; what nobody has touched for so many days is forgotten first.
SELECT draft, owner, title, changed_by, changed_at FROM forthwith.notice_drafts_of($1, make_interval(days => $2))

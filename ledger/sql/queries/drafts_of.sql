-- What somebody has written of one report and not sent yet; what nobody has touched for so many days is forgotten first.
SELECT section, text, sealed, key, nil, changed_at FROM forthwith.drafts_of($1, $2, make_interval(days => $3))

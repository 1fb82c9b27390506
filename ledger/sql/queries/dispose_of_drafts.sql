-- Dispose of drafts that are too old, or whose notice has ended, or only count them.
SELECT forthwith.dispose_of_drafts(make_interval(days => $1), $2, $3) AS found

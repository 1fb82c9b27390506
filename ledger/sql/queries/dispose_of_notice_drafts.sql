-- What nobody has touched for so many days is forgotten.
SELECT forthwith.dispose_of_notice_drafts(make_interval(days => $1))

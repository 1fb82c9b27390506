-- The newest lines of the access log: of one kind, one notice, one person, below a number, where these are given.
SELECT number, at, person, kind, act, notice, about, sentence
FROM forthwith.access_log
WHERE ($1::text IS NULL OR kind = $1) AND ($2::text IS NULL OR notice = $2) AND ($3::text IS NULL OR person = $3)
    AND ($4::bigint IS NULL OR number < $4)
ORDER BY number DESC
LIMIT $5

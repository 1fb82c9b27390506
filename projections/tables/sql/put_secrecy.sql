-- From whom occurrences are hidden, each row in the place of the one before.
INSERT INTO forthwith_read.secrecy{beside}
SELECT given.occurrence, given.notice, string_to_array(given.hidden_from, ' ')
FROM unnest($1::text[], $2::text[], $3::text[]) AS given (occurrence, notice, hidden_from)
ON CONFLICT (occurrence) DO UPDATE SET notice = excluded.notice, hidden_from = excluded.hidden_from

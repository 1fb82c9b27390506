-- Where the log says that it stands, for verification.
SELECT size, to_char(recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded FROM forthwith.head

-- How far every stream says that it has come, for verification.
SELECT stream, version FROM forthwith.streams ORDER BY stream

-- Where a person is reached.
SELECT address FROM forthwith.directory WHERE person = $1

-- Where else a person is reached.
SELECT address FROM forthwith.other_addresses WHERE person = $1 AND address <> ''

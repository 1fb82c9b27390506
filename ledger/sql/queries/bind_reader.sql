-- From now on this login reads for that person.
INSERT INTO forthwith.readers (login, person, everything) VALUES ($1, $2, $3)
ON CONFLICT (login) DO UPDATE SET person = excluded.person, everything = excluded.everything,
    since = clock_timestamp()

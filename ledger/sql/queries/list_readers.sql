-- The logins that are bound to a person.
SELECT login, person, everything, since FROM forthwith.readers WHERE person IS NOT NULL ORDER BY login

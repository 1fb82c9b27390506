-- The account of a person.
SELECT person, login, name, roles, password, disabled FROM forthwith.accounts WHERE person = $1

-- The account that somebody names when they sign in.
SELECT person, login, name, roles, password, disabled FROM forthwith.accounts WHERE login = $1

-- The session behind a cookie.
SELECT person, name, roles, way, device, flashes, id_token FROM forthwith.use_session($1, $2, $3)

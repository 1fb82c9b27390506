-- Remember where a person is reached, unless something newer is known.
SELECT forthwith.set_address($1, $2, $3)

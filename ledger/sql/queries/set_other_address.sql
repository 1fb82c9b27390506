-- Remember where else a person is reached, unless something newer is known.
SELECT forthwith.set_other_address($1, $2, $3)

-- Remember how a person likes to get messages, unless something newer is known.
SELECT forthwith.set_message_wish($1, $2, $3)

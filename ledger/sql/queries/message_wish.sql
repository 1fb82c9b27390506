-- How a person likes to get messages.
SELECT digest FROM forthwith.message_wishes WHERE person = $1

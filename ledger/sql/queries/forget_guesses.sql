-- Forgets the tries of a name.
SELECT forthwith.forget_guesses($1)

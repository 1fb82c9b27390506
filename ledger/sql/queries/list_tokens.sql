-- Every token, oldest first, those that are good no more included.
SELECT id, person, label, scopes, notice, created, expires, revoked FROM forthwith.tokens ORDER BY created, id

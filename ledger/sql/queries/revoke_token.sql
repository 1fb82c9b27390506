-- A token is good no more; true if there is one.
SELECT forthwith.revoke_token($1) AS found

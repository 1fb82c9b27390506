-- End an address of a person for good.
SELECT forthwith.revoke_feed($1, $2, $3)

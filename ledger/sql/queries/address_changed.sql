-- When the address of a person was set that the directory holds.
SELECT changed_at FROM forthwith.directory WHERE person = $1

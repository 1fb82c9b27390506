-- Keep a published checkpoint: its size, root and signed note.
SELECT forthwith.publish_checkpoint($1, $2, $3)

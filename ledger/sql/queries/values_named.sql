-- Which of these digests have a value that is kept, and beside which event.
SELECT index, digest FROM forthwith.personal_values WHERE digest = ANY ($1::bytea[]) ORDER BY index, digest

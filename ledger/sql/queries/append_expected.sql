-- One flush of which everything is new and as expected, or nothing of it (NULL).
SELECT first_index, recorded
FROM forthwith.append_expected(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22
)

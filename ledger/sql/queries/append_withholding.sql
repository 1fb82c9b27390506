-- One flush of which some commands hold values that are kept outside the record.
SELECT command, outcome, first_index, last_index, recorded, leaves, conflict_stream, expected, actual
FROM forthwith.append_withholding(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
    $22, $23, $24, $25, $26, $27, $28, $29, $30, $31
)

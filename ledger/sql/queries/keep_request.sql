-- What a key stands for, said and learnt at once.
SELECT forthwith.keep_request($1, $2, $3) AS digest

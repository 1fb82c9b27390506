-- What a key stands for, said and learnt at once; NULL where that is forgotten.
SELECT forthwith.keep_request($1, $2, $3, make_interval(days => $4)) AS digest

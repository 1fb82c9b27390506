-- How far each read model has come, and what is wrong with it.
SELECT p.projection, p.position, p.moved, p.alarm, p.alarmed, p.proven_at, p.proven_index, p.digests,
    count(k.index) FILTER (WHERE k.fault IS NOT NULL) AS poisonous, count(k.index) AS parked,
    (SELECT head.size FROM forthwith.head) AS size
FROM forthwith_read.positions AS p
LEFT JOIN forthwith_read.parked AS k ON k.projection = p.projection
GROUP BY p.projection ORDER BY p.projection

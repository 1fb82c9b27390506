-- Where the occurrences of a notice stand at a moment ($2). What time can tell is told here and stored nowhere.
SELECT occurrence, title, clause, due_on, due, settled, met_at, came_late, CASE
        WHEN $2 < opens THEN 'not open'
        WHEN settled <> 'owed' THEN settled
        WHEN $2 > due THEN 'overdue'
        WHEN due - $2 <= interval '7 days' THEN 'due soon'
        ELSE 'open'
    END AS standing
FROM forthwith_read.standing WHERE notice = $1 ORDER BY due, obligation, period

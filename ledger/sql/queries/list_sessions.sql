-- The sessions that are not over, newest first: of one person, or of everybody.
SELECT digest, person, way, device, opened, seen FROM forthwith.sessions
WHERE ($1::text IS NULL OR person = $1)
    AND seen > clock_timestamp() - make_interval(secs => $2)
    AND opened > clock_timestamp() - make_interval(secs => $3)
ORDER BY opened DESC, digest

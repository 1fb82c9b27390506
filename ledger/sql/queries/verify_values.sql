-- The events after a position that hold commitments, or of which values are kept, each with these values.
SELECT page.index, page.canonical, kept.digests, kept.sealed, kept.keys
FROM (
    SELECT events.index, events.canonical FROM forthwith.events
    WHERE events.index > $1 AND (
        position('"_sd":['::bytea IN events.canonical) > 0 OR position('{"...":"'::bytea IN events.canonical) > 0
        OR EXISTS (SELECT FROM forthwith.personal_values WHERE personal_values.index = events.index)
    )
    ORDER BY events.index LIMIT $2
) AS page
LEFT JOIN LATERAL (
    SELECT array_agg(own.digest) AS digests, array_agg(own.nonce || own.ciphertext) AS sealed,
        array_agg(subject_keys.key) AS keys
    FROM forthwith.personal_values AS own
    LEFT JOIN forthwith.subject_keys ON subject_keys.subject = own.subject
    WHERE own.index = page.index
) AS kept ON true
ORDER BY page.index

-- Who acts for whom under notices, each row in the place of the one before.
INSERT INTO forthwith_read.rights{beside}
SELECT given.notice, given.zone, string_to_array(given.people, ' '), given.holdings::jsonb, given.obligations::jsonb
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    AS given (notice, zone, people, holdings, obligations)
ON CONFLICT (notice) DO UPDATE SET
    zone = excluded.zone, people = excluded.people, holdings = excluded.holdings, obligations = excluded.obligations

-- Considerations, each row in the place of the one before.
INSERT INTO forthwith_read.considerations{beside}
SELECT given.occurrence, given.notice, given.obligation, given.opened_at, given.opened_by, given.because,
    given.invited_until, given.representations, given.answered, given.proposed_at, given.proposed_option,
    given.decided_on, given.decided_option, given.reasons, string_to_array(given.signatories, ' '), given.issued_on,
    given.published_on, given.corrected
FROM unnest(
    $1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::date[], $8::integer[],
    $9::integer[], $10::timestamptz[], $11::text[], $12::date[], $13::text[], $14::text[], $15::text[], $16::date[],
    $17::date[], $18::integer[]
) AS given (
    occurrence, notice, obligation, opened_at, opened_by, because, invited_until, representations, answered,
    proposed_at, proposed_option, decided_on, decided_option, reasons, signatories, issued_on, published_on, corrected
)
ON CONFLICT (occurrence) DO UPDATE SET
    notice = excluded.notice, obligation = excluded.obligation, opened_at = excluded.opened_at,
    opened_by = excluded.opened_by, because = excluded.because, invited_until = excluded.invited_until,
    representations = excluded.representations, answered = excluded.answered, proposed_at = excluded.proposed_at,
    proposed_option = excluded.proposed_option, decided_on = excluded.decided_on,
    decided_option = excluded.decided_option, reasons = excluded.reasons, signatories = excluded.signatories,
    issued_on = excluded.issued_on, published_on = excluded.published_on, corrected = excluded.corrected

-- How far a webhook has been told.
SELECT told, tries, failing_since, passed_over, closed_at, fault FROM forthwith.webhooks WHERE name = $1

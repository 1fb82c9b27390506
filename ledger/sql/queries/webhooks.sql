-- How far each webhook has been told.
SELECT name, told, tries, failing_since, passed_over, closed_at, fault FROM forthwith.webhooks ORDER BY name

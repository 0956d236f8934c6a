-- SPDX-License-Identifier: Apache-2.0
-- The restore point of every night is a job like the others: the hour that was a setting becomes its schedule. 24 was midnight; 0 made none, and
-- then the job is made later, paused.
INSERT INTO job (id, name, schedule, state)
SELECT (SELECT coalesce(max(id), 0) + 1 FROM job), 'backup',
    'daily ' || CASE WHEN value = '24' THEN '00' WHEN length(value) = 1 THEN '0' || value ELSE value END || ':00', 1
FROM setting WHERE name = 'backup_hour' AND value <> '0';
DELETE FROM setting WHERE name = 'backup_hour';

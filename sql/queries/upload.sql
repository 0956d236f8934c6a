-- SPDX-License-Identifier: Apache-2.0
-- Files that were brought to the pages to be imported.

-- name: upload_add
-- New ones; ids are never used again.
-- args: id int, kind int, state int, who text, made_us int, said text, place text, token text
INSERT INTO upload (id, kind, state, who, made_us, said, place, token) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: upload_token
-- The upload of a form that was sent before.
-- args: token text
-- row: id int
SELECT id FROM upload WHERE token = $1;

-- name: upload_file_add
-- One of its files.
-- args: upload_id int, seq int, name text, stored text, bytes int
INSERT INTO upload_file (upload_id, seq, name, stored, bytes) VALUES ($1, $2, $3, $4, $5);

-- name: upload_find
-- One upload with its files, a row each.
-- args: id int
-- row: id int, kind int, state int, who text, made_us int, started_us int, ended_us int, import_id int, said text, told text, place text
-- row: name text, stored text, bytes int
SELECT u.id, u.kind, u.state, u.who, u.made_us, u.started_us, u.ended_us, u.import_id, u.said, u.told, u.place, f.name, f.stored, f.bytes
FROM upload u JOIN upload_file f ON f.upload_id = u.id
WHERE u.id = $1
ORDER BY f.seq; -- no nulls

-- name: upload_list
-- Those of a state, with their files, a row each; the oldest first.
-- args: state int
-- row: id int, kind int, state int, who text, made_us int, started_us int, ended_us int, import_id int, said text, told text, place text
-- row: name text, stored text, bytes int
SELECT u.id, u.kind, u.state, u.who, u.made_us, u.started_us, u.ended_us, u.import_id, u.said, u.told, u.place, f.name, f.stored, f.bytes
FROM upload u JOIN upload_file f ON f.upload_id = u.id
WHERE u.state = $1
ORDER BY u.id, f.seq; -- no nulls

-- name: upload_open
-- Those that are not over, with their files, a row each; the oldest first.
-- row: id int, kind int, state int, who text, made_us int, started_us int, ended_us int, import_id int, said text, told text, place text
-- row: name text, stored text, bytes int
SELECT u.id, u.kind, u.state, u.who, u.made_us, u.started_us, u.ended_us, u.import_id, u.said, u.told, u.place, f.name, f.stored, f.bytes
FROM upload u JOIN upload_file f ON f.upload_id = u.id
WHERE u.state IN (1, 2, 3, 5)
ORDER BY u.id, f.seq; -- no nulls

-- name: upload_said
-- How it is to be read, while nobody has asked for the import.
-- args: id int, said text, state int
UPDATE upload SET said = $2, state = $3 WHERE id = $1 AND state IN (1, 5);

-- name: upload_claim
-- It begins; nobody else takes it then.
-- args: id int, started_us int
UPDATE upload SET state = 3, started_us = $2, told = '' WHERE id = $1 AND state = 2;

-- name: upload_imported
-- Which import it became.
-- args: id int, import_id int
UPDATE upload SET import_id = $2 WHERE id = $1;

-- name: upload_end
-- How it ended.
-- args: id int, state int, ended_us int, import_id int, told text
UPDATE upload SET state = $2, ended_us = $3, import_id = $4, told = $5 WHERE id = $1 AND state = 3;

-- name: upload_drop
-- Not wanted any more.
-- args: id int, ended_us int
UPDATE upload SET state = 6, ended_us = $2 WHERE id = $1 AND state IN (1, 5);

-- name: upload_again
-- What was under way here when the program ended begins anew: an import is whole or was not.
-- args: place text
UPDATE upload SET state = 2 WHERE state = 3 AND place = $1;

-- name: upload_old
-- Those that nobody needs any more: put away, or made before a moment and done, failed or forgotten.
-- args: made_us int, place text
-- row: id int, kind int, state int, who text, made_us int, started_us int, ended_us int, import_id int, said text, told text, place text
-- row: name text, stored text, bytes int
SELECT u.id, u.kind, u.state, u.who, u.made_us, u.started_us, u.ended_us, u.import_id, u.said, u.told, u.place, f.name, f.stored, f.bytes
FROM upload u JOIN upload_file f ON f.upload_id = u.id
WHERE (u.made_us < $1 OR u.state = 6) AND u.place = $2 AND u.state IN (1, 4, 5, 6) AND f.stored > ''
ORDER BY u.id, f.seq; -- no nulls

-- name: upload_emptied
-- Its files are gone.
-- args: upload_id int
UPDATE upload_file SET stored = '' WHERE upload_id = $1;

-- SPDX-License-Identifier: Apache-2.0
-- What is done again and again, and how it went. state: 1 on, 2 paused. name: of the definition, with the id of what it is for behind a
-- colon ("alert:12"). schedule: core/schedule.h. due_us: the moment of the schedule that is next, 0: to be worked out. wait_us: not before,
-- since it failed so often (tries) for that moment. asked_us: somebody wants it now. lease_us, lease_by: somebody is at it until then.
CREATE TABLE job (
    id {{key}},
    name {{text}} NOT NULL UNIQUE,
    schedule {{text}} NOT NULL,
    state BIGINT NOT NULL,
    due_us BIGINT NOT NULL DEFAULT 0,
    wait_us BIGINT NOT NULL DEFAULT 0,
    tries BIGINT NOT NULL DEFAULT 0,
    asked_us BIGINT NOT NULL DEFAULT 0,
    asked_by {{text}} NOT NULL DEFAULT '',
    lease_us BIGINT NOT NULL DEFAULT 0,
    lease_by {{text}} NOT NULL DEFAULT '',
    done_us BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);

-- due_us: the moment it was for; 0: somebody asked. missed: moments before that one which nobody was there for. result: 0 under way, 1 done, 2
-- failed, 3 broken off. said: what it did or why it failed, a key of the catalogs and its arguments between tabs.
CREATE TABLE job_run (
    id {{key}},
    job_id BIGINT NOT NULL,
    due_us BIGINT NOT NULL,
    missed BIGINT NOT NULL,
    asked_by {{text}} NOT NULL,
    began_us BIGINT NOT NULL,
    ended_us BIGINT NOT NULL DEFAULT 0,
    result BIGINT NOT NULL DEFAULT 0,
    said {{text}} NOT NULL DEFAULT ''
);
CREATE INDEX job_run_job ON job_run (job_id, id);

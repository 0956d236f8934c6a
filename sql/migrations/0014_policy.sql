-- SPDX-License-Identifier: Apache-2.0
-- The order of the rules of inactivity, and all that were ever saved.

-- place: 0 where nobody has said an order; then the narrower ones are looked at first.
ALTER TABLE policy_rule ADD COLUMN place BIGINT NOT NULL DEFAULT 0;

-- rules: as in score_run, a line each. in_force_us: since when answers followed them; none: they wait for their score, or others were saved before
-- it came. told: why their score failed. token: of the form they were saved with.
CREATE TABLE policy_version (
    id {{key}},
    made_us BIGINT NOT NULL,
    who {{text}} NOT NULL,
    note {{text}} NOT NULL,
    rules {{text}} NOT NULL,
    in_force_us BIGINT,
    told {{text}} NOT NULL DEFAULT '',
    token {{text}} NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX policy_version_token ON policy_version (token) WHERE token > '';

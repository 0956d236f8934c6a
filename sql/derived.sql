-- SPDX-License-Identifier: Apache-2.0
-- What the fold finds: tables that can be dropped and rebuilt from the facts with the same result.

-- script: derived_drop
-- Take them away.
DROP TABLE IF EXISTS score_run;

-- script: derived_tables
-- Make them, empty.
CREATE {{temporary}}TABLE score_run (as_of BIGINT NOT NULL);

-- script: derived_indexes
-- And what finds their rows.
CREATE INDEX score_run_as_of ON score_run (as_of);

-- SPDX-License-Identifier: Apache-2.0
-- Which of several servers on this database does what only one may do at a time, and until when it is believed to be alive.
CREATE TABLE turn (
    name {{text}} PRIMARY KEY,
    who {{text}} NOT NULL,
    until_us BIGINT NOT NULL
);

-- SPDX-License-Identifier: Apache-2.0
-- What a company's own system knows of a customer besides who it is: since when, how much credit, and whether it is
-- blocked (1 no, 2 yes).

ALTER TABLE customer ADD COLUMN registered_on BIGINT;
ALTER TABLE customer ADD COLUMN credit_cents BIGINT;
ALTER TABLE customer ADD COLUMN blocked BIGINT;
ALTER TABLE customer_fact ADD COLUMN registered_on BIGINT;
ALTER TABLE customer_fact ADD COLUMN credit_cents BIGINT;
ALTER TABLE customer_fact ADD COLUMN blocked BIGINT;
ALTER TABLE customer_merged ADD COLUMN registered_on BIGINT;
ALTER TABLE customer_merged ADD COLUMN credit_cents BIGINT;
ALTER TABLE customer_merged ADD COLUMN blocked BIGINT;

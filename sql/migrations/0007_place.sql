-- SPDX-License-Identifier: Apache-2.0
-- Where a customer is, as a company's own files say: latitude and longitude in one number (src/core/place.h, place_pack).

ALTER TABLE customer ADD COLUMN place BIGINT;
ALTER TABLE customer_fact ADD COLUMN place BIGINT;
ALTER TABLE customer_merged ADD COLUMN place BIGINT;

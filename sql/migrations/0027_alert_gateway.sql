-- SPDX-License-Identifier: Apache-2.0
-- By which gateway a rule of alerts tells people on their phones; 0: by none.
ALTER TABLE alert ADD COLUMN gateway_id BIGINT NOT NULL DEFAULT 0;

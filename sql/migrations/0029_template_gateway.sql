-- SPDX-License-Identifier: Apache-2.0
-- By which gateway a template's letters go, as text messages, and by which a mailing went; 0: by e-mail.
ALTER TABLE template ADD COLUMN gateway_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailing ADD COLUMN gateway_id BIGINT NOT NULL DEFAULT 0;

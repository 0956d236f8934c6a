-- SPDX-License-Identifier: Apache-2.0
-- Contacts of some days, whoever made them, the newest first.

CREATE INDEX contact_when ON contact (day, at_us, id);

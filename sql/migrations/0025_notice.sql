-- SPDX-License-Identifier: Apache-2.0
-- Messages inside the program that their reader has not seen: counted on every page.
CREATE INDEX message_unread ON message (user_id) WHERE channel = 1 AND read_us = 0;

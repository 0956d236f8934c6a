-- SPDX-License-Identifier: Apache-2.0
-- How much there is to do in each portfolio (src/store/volume.c).

-- name: volume_moved
-- Those whose rows are newer than what was packed of them.
-- row: rep_id int, status int, at_risk_on int?, last_contact int?, value_12m int?, company_id int
-- row: label_rep_id int, segment_id int, region_id int, city_id int
SELECT c.rep_id, s.status, s.at_risk_on,
    CASE WHEN c.last_contact > (SELECT as_of FROM score_run) THEN st.contact_on ELSE c.last_contact END AS last_contact,
    s.value_12m, c.company_id, c.rep_id AS label_rep_id, c.segment_id, c.region_id, c.city_id
FROM score_moved m
JOIN score s ON s.customer_id = m.customer_id
JOIN customer c ON c.id = m.customer_id
LEFT JOIN standing st ON st.customer_id = m.customer_id;

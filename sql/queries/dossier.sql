-- SPDX-License-Identifier: Apache-2.0
-- What is kept of one customer, for the page that shows all of it. Most come in no order: a table of its own to sort each of them
-- costs SQLite more than to read them.

-- together: dossier_papers
-- What was bought and what files brought of it, how the company calls it, and what can be chosen for what is said next: all of it from
-- watched tables.
-- of: product_line document_newest record_list tag_of choice_open

-- together: dossier_said
-- Who is there, what was said, agreed and written.
-- of: person_list note_list contact_list appointment_list transfer_of_customer

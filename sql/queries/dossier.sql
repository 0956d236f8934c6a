-- SPDX-License-Identifier: Apache-2.0
-- What is kept of one customer, for the page that shows all of it.

-- together: dossier
-- What was bought, said, agreed and written, and what can be chosen for what is said next. Most come in no order: a table of its
-- own to sort each of them costs SQLite more than to read them.
-- of: product_line document_newest record_list person_list note_list contact_list appointment_list tag_of choice_open

-- SPDX-License-Identifier: Apache-2.0
-- Customers whose personal data were erased: what files bring of them later is left out. By code, so that it holds for a customer that
-- went with its import and comes again.

-- tax_hash: of the CPF or CNPJ, under the key that the setting address_key holds; NULL: none was known.
CREATE TABLE erasure (
    code {{text}} NOT NULL PRIMARY KEY,
    tax_hash BIGINT,
    who {{text}} NOT NULL,
    made_us BIGINT NOT NULL,
    token {{text}} NOT NULL
) {{without_rowid}};

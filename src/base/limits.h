// SPDX-License-Identifier: Apache-2.0
/* limits -- every maximum that something in the program may grow to, in one place.
 *
 * Each is tested at the maximum and one past it. Say here who is bothered by it and why it is as large as it is.
 */
#ifndef REATIVA_BASE_LIMITS_H
#define REATIVA_BASE_LIMITS_H

enum {
    LIMIT_CSV_ROW = 1 << 20,       /* bytes of one row; the longest real one seen had 30 thousand */
    LIMIT_CSV_ROW_LINES = 1000,    /* line breaks inside one row's quotes */
    LIMIT_CSV_FIELDS = 1024,       /* columns */
    LIMIT_CSV_SHOWN = 4096,        /* bytes of a rejected row that are kept for the person */
    LIMIT_CODE = 200,              /* bytes of a code or document number */
    LIMIT_NAME = 1000,             /* bytes of a name or a text field */
    LIMIT_STAGE_MEMORY = 96 << 20, /* staged rows kept in memory before they go to temporary files */
    LIMIT_DOCUMENT_ROWS = 200000,  /* of one document: more rows say that its number is no number */
    LIMIT_IMPORT_PARTIES = 100000, /* customers of one import in memory; past it what was told of them waits in files */
    LIMIT_DB_CACHE = 32 << 20,     /* SQLite's page cache, and as much again while it sorts an index */
    LIMIT_XML_DOCUMENT = 16 << 20, /* bytes of one NF-e; the layout's own limit is 500 KB */
    LIMIT_XML_DEPTH = 64,
    LIMIT_PACKED_RATIO = 200, /* unpacked : packed, past LIMIT_PACKED_FREE: a bomb; zip and gz can't pass 1032 */
    LIMIT_PACKED_FREE = 64 << 20,
    LIMIT_SHEET_SHARED = 256 << 20, /* bytes of an XLSX file's shared strings */
    LIMIT_POLICY_RULES = 200,
    LIMIT_NOTE = 4000, /* bytes of a note on a customer; a page of text */
    LIMIT_MEMO = 2000, /* bytes of a memo: it is read at a glance, on a phone */
    LIMIT_LIST_COLUMNS = 64,
    LIMIT_CHOICES = 300,      /* reasons of a company, or objections, or occurrences: people read through them */
    LIMIT_CHOICE_NAME = 120,  /* bytes */
    LIMIT_CHOICE_TEXT = 4000, /* bytes of the argument to answer with */
    LIMIT_ACTIONS = 2000,     /* about reasons and objections, the retired ones too: people read through them */
    LIMIT_BACKTEST_CUSTOMERS = 30000, /* looked at by a backtest: narrow intervals, and an answer in a minute */
    LIMIT_BACKTEST_RULES = 64,
    LIMIT_DUPLICATE_PAIRS = 20000,  /* of customers that may be one, the strongest: months of work for one person */
    LIMIT_DEMO_CUSTOMERS = 2000000, /* of an invented company: 200 MB of memory */
    LIMIT_BLOCK_NUMBERS = 20000000, /* of a state's list of numbers: 160 MB; the longest known has 3 million */
    LIMIT_DEMO_YEARS = 20
};

#endif

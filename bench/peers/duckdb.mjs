// SPDX-License-Identifier: Apache-2.0
// Runs the SQL of a file in DuckDB, in memory, on two threads: node duckdb.mjs NODE_MODULES SQL_FILE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, file] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(`${modules}/`)("@duckdb/node-api");
const instance = await DuckDBInstance.create(":memory:", { threads: "2", preserve_insertion_order: "false" });
await (await instance.connect()).run(readFileSync(file, "utf8"));

// SPDX-License-Identifier: Apache-2.0
// lint FOLDER FILE... -- descriptions held against the OpenAPI specification and the recommended rules of Redocly's linter, which tools/npm put into FOLDER.
// Asks nothing of the network. A line for each thing wrong; status 1 when there is one.
import { createRequire } from "node:module";
import path from "node:path";

const [folder, ...files] = process.argv.slice(2);
const { createConfig, lint } = createRequire(path.join(path.resolve(folder), "x.js"))("@redocly/openapi-core");
const config = await createConfig({ extends: ["recommended-strict", "spec"] });
let wrong = 0;
for (const file of files)
    for (const problem of await lint({ ref: path.resolve(file), config })) {
        console.log(`${path.basename(file)} ${problem.location[0]?.pointer ?? ""}: ${problem.severity} ${problem.ruleId}: ${problem.message}`);
        wrong++;
    }
process.exit(wrong > 0 ? 1 : 0);

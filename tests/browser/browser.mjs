// SPDX-License-Identifier: Apache-2.0
// What the tests in a real browser share: a server over the invented company, people who sign in, Chromium, and TAP.
//
// A test is a function; its name is the sentence. It fails by throwing. REATIVA names the program; REATIVA_NPM the folder with
// node_modules (build/npm otherwise); REATIVA_SCREENS where pictures are kept (build/check/screens otherwise).
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const npm = process.env.REATIVA_NPM || path.join(root, "build/npm");
export const need = createRequire(path.join(npm, "node_modules/"));
const program = process.env.REATIVA || path.join(root, "build/reativa");
const chromium = "/usr/bin/chromium";
const screens = process.env.REATIVA_SCREENS || path.join(root, "build/check/screens");
export const today = "2026-10-01";
export { assert };

/** A folder of real exports, or null where they are not at hand. */
export function real(name) {
    const folder = path.join(process.env.REATIVA_DATA || path.join(root, "../shared/data"), name);
    return existsSync(folder) ? folder : null;
}

const invented = (site) => site.run("demo", "--db", "demo.db", "--customers", "2000", "--years", "2", "--until", "2026-09-30");

/** The program in a folder of its own, with the demo company or what `fill` makes of demo.db, serving on a free port. */
export class Site {
    constructor({ fill = invented, day = today } = {}) {
        this.day = day;
        this.folder = mkdtempSync(path.join(os.tmpdir(), "reativa-browser."));
        this.env = { PATH: process.env.PATH, LC_ALL: "C.UTF-8", HOME: this.folder, TMPDIR: this.folder, REATIVA_TODAY: day };
        for (const name of Object.keys(process.env)) if (name.endsWith("SAN_OPTIONS")) this.env[name] = process.env[name];
        fill(this);
    }

    run(...words) {
        return execFileSync(program, words, { cwd: this.folder, env: this.env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    }

    /** What the database itself says, a line a row. */
    rows(sql) {
        return execFileSync("sqlite3", ["-cmd", ".timeout 30000", path.join(this.folder, "demo.db"), sql], { encoding: "utf8" }).split("\n").filter(Boolean);
    }

    async start(port = 0) {
        this.process = spawn(program, ["serve", "--db", "demo.db", "--listen", `127.0.0.1:${port}`, "--as-of", this.day], { cwd: this.folder, env: this.env, stdio: ["ignore", "pipe", "pipe"] });
        this.log = "";
        this.process.stderr.on("data", (piece) => (this.log += piece));
        this.base = await new Promise((resolve, reject) => {
            let said = "";
            this.process.stdout.on("data", (piece) => {
                said += piece;
                const ready = /(https?:\/\/\S+)/.exec(said);
                if (ready) resolve(ready[1]);
            });
            this.process.on("exit", (code) => reject(new Error(`serve ended with ${code}: ${said}${this.log}`)));
        });
        return this;
    }

    /** Ends the server; the port can be taken again by start(port). */
    async stop() {
        if (!this.process || this.process.exitCode !== null) return;
        const ended = new Promise((resolve) => this.process.once("exit", resolve));
        this.process.removeAllListeners("exit");
        this.process.once("exit", () => {});
        this.process.kill("SIGTERM");
        await Promise.race([ended, new Promise((resolve) => this.process.once("exit", resolve))]);
    }

    /** Adds a user; gives the link that signs in once. */
    user(login, role, ...options) {
        const said = this.run("user", "add", login, "--role", role, "--db", "demo.db", "--address", this.base, ...options);
        return /(http\S+\/signin\/link\?link=\S+)/.exec(said)[1];
    }

    async close() {
        await this.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** A browser of its own, with an empty profile that is gone afterwards. */
export class Browser {
    static async open() {
        const self = new Browser();
        self.profile = mkdtempSync(path.join(os.tmpdir(), "reativa-chromium."));
        self.options = {
            executablePath: chromium,
            headless: true,
            chromiumSandbox: false,
            env: { ...process.env, HOME: self.profile },
            args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
        };
        self.chromium = await need("playwright-core").chromium.launch(self.options);
        return self;
    }

    /** A person's own window: cookies apart from everybody else's, all that goes wrong noted in `faults`. */
    async person(site, link, { lang = "pt-BR", width = 1280, dark = false, ...more } = {}) {
        const context = await this.chromium.newContext({ locale: lang, viewport: { width, height: width < 500 ? 740 : 800 }, colorScheme: dark ? "dark" : "light", reducedMotion: "reduce", ...more });
        const page = await context.newPage();
        page.setDefaultTimeout(20000);
        page.faults = [];
        watch(page, site);
        if (link) {
            await page.goto(link);
            await page.locator("form[action='/signin/link'] button").click();
            await page.waitForURL((url) => !url.pathname.startsWith("/signin"));
        }
        return page;
    }

    async close() {
        await this.chromium.close();
        rmSync(this.profile, { recursive: true, force: true });
    }
}

/** Notes what no page may do: errors on the console, failed loads, requests to anybody else. */
function watch(page, site) {
    page.on("console", (message) => {
        if (message.type() === "error") page.faults.push(`console: ${message.text()} (${page.url()})`);
    });
    page.on("pageerror", (error) => page.faults.push(`script: ${error.message} (${page.url()})`));
    page.context().on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(site.base + "/") && !/^(data|blob|about):/.test(url)) page.faults.push(`request to a foreign address: ${url} (${page.url()})`);
    });
}

/** A picture, kept as an artefact of the run. */
export async function picture(page, name) {
    mkdirSync(screens, { recursive: true });
    const as = { path: path.join(screens, `${name}.jpeg`), type: "jpeg", quality: 80 }; // made in half the time of a PNG
    await page.screenshot({ ...as, fullPage: true, animations: "disabled" }).catch(() => page.screenshot(as));
}

/** Each test gets its turn; answers in TAP. `before` makes what they share, `after` ends it. */
export async function main(before, after, ...tests) {
    if (!existsSync(chromium) || !existsSync(path.join(npm, "node_modules/playwright-core"))) {
        console.log("1..0 # SKIP no Chromium in /usr/bin, or assets not fetched");
        return;
    }
    let failed = 0;
    console.log(`1..${tests.length}`);
    const shared = await before();
    for (const [at, test] of tests.entries()) {
        const name = test.name.replaceAll("_", " ");
        try {
            const skipped = await test(shared);
            console.log(`ok ${at + 1} - ${name}${skipped ? ` # SKIP ${skipped}` : ""}`);
        } catch (error) {
            failed++;
            console.log(`not ok ${at + 1} - ${name}`);
            for (const line of String(error.stack || error).split("\n")) console.log(`# ${line}`);
        }
    }
    await after(shared);
    process.exit(failed ? 1 : 0);
}

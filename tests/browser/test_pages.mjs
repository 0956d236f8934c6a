#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Every page of the route table, in both languages, three widths, light and dark: nothing on the console, nothing from a foreign
// address, nothing wider than the screen, nothing that axe-core finds, all of it reached by the tabulator key, no text missing,
// HTML that tidy takes. Pages with a part that changes (/customers/:code) are found by following links.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { assert, Browser, main, need, picture, root, Site } from "./browser.mjs";

const WIDTHS = [360, 768, 1280];
const nouns = readdirSync(path.join(root, "i18n/en")).map((name) => name.replace(".json", ""));
const missing = new RegExp(`(?<!@)\\b(${nouns.join("|")})\\.[a-z][a-z0-9_]*\\b`, "g");
const FILES = /\.(csv|xlsx|pdf|ics|js|css|svg|png|json|html|webmanifest)$|^\/backups\/[^/]+\/file$/;

// What tidy 5.6, which is older than some of HTML, warns of without need.
const TIDY_KNOWN = [
    /trimming empty <(span|option|p|div|use|ul|tbody)>/, // an element for a script to fill
    /proprietary attribute "(inputmode|enterkeyhint|autocapitalize|hx-[a-z-]+|focusable|aria-[a-z]+|loading|minlength|shape-rendering|popover[a-z]*)"/,
    /missing (<dd>|<\/div> before <d[td]>|<\/dl> before <\/div>)|inserting implicit <dl>|discarding unexpected <\/(dl|div|dd)>/, // a dl may group its pairs in div
    /<(svg|use|path|symbol|dialog|search|circle|line|rect|text|g|polyline|title)> is not recognized/,
    /discarding unexpected <\/?(svg|use|path|symbol|dialog|search|circle|line|rect|text|g|polyline|title)>/,
];

// The routes that answer GET with a page, as the program has them.
function routes() {
    const table = ["cockpit", "manage"].map((audience) => readFileSync(path.join(root, `src/web/${audience}/routes.c`), "utf8")).join();
    return [...table.matchAll(/HTTP_GET, "([^"]+)", (PERM_\w+)/g)].map(([, pattern, permission]) => ({ pattern, permission }));
}

const fits = (pattern) => new RegExp(`^${pattern.replace(/[.]/g, "\\.").replace(/:[a-z_]+/g, "[^/]+")}$`);

const links = (html) => [...html.matchAll(/(?:<a [^>]*?href|<form [^>]*?method="get"[^>]*?action)="(\/[^"]*)"/g)].map((found) => found[1].replaceAll("&amp;", "&").replace(/#.*/, ""));

/** One address for each route: as it stands, or the first link to it that a walk over the pages finds. */
async function walk(page, wanted, found) {
    const open = wanted.filter((route) => !route.pattern.includes(":")).map((route) => route.pattern);
    const plain = new Set(wanted.map((route) => route.pattern));
    const seen = new Set(), later = [];
    while (seen.size < 160) {
        // Not every customer has a person, an appointment: more of them are looked at while an address is missing.
        if (!open.length && wanted.some((one) => !found.has(one.pattern))) open.push(...later.splice(0, 1));
        if (!open.length) break;
        const more = open.length === 1, at = open.shift();
        const bare = at.split("?")[0];
        const route = wanted.find((one) => one.pattern === bare) || wanted.find((one) => fits(one.pattern).test(bare));
        if (!route || seen.has(at) || (!more && found.has(route.pattern))) continue;
        seen.add(at);
        if (/^\/(health|ready|metrics|worker\.js|manifest|signin|signout|assets)/.test(at) || FILES.test(bare)) {
            // A file that is another role's is not met.
            if (!FILES.test(bare) || (await page.context().request.get(page.site.base + at)).status() === 200) found.set(route.pattern, at);
            continue;
        }
        const answer = await page.context().request.get(page.site.base + at);
        if (answer.status() !== 200) continue;
        if (!found.has(route.pattern)) found.set(route.pattern, at);
        if (!(answer.headers()["content-type"] || "").startsWith("text/html")) continue;
        for (const link of links(await answer.text())) {
            const pattern = wanted.find((one) => !plain.has(link.split("?")[0]) && fits(one.pattern).test(link.split("?")[0]));
            if (!pattern) continue;
            if (!found.has(pattern.pattern)) open.push(link);
            else if (wanted.some((one) => !found.has(one.pattern) && one.pattern.startsWith(pattern.pattern + "/"))) later.push(link);
        }
    }
}

/** What the demo company has too few of to be met on the way: a person at a customer, a tag, a view, a file to be imported, an action. */
async function make(page) {
    const form = { csrf: await page.getAttribute("body", "data-csrf") }, own = page.context().request;
    const token = "A".repeat(43); // as a form has it
    const [customer] = links(await (await own.get(page.site.base + "/customers")).text()).filter((at) => /^\/customers\/\d+$/.test(at));
    const made = { [customer]: await own.post(page.site.base + customer + "/persons", { form: { ...form, token, name: "Ana Paula", phone: "47 3333-4444" } }), "/views": await own.post(page.site.base + "/views", { form: { ...form, name: "Grandes", shared: "1", query: "abc=A" } }) };
    for (const [at, answer] of Object.entries(made)) assert.ok(answer.ok(), `${at}: ${answer.status()}`);
    assert.ok((await own.post(`${page.site.base}${customer}/tags`, { form: { ...form, tag: "Novo" } })).ok());
    const later = new Date(Date.now() + 30 * 864e5).toISOString().slice(0, 10);
    const handed = await own.post(page.site.base + "/transfers", { form: { ...form, token, query: "", pick: customer.split("/").pop(), rep: "R99", new_rep: "1", day: later } });
    assert.ok(handed.ok(), `/transfers: ${handed.status()}`);
    const [, cause] = /<option value="(\d+)"/.exec(await (await own.get(page.site.base + "/actions/new")).text());
    const acted = await own.post(page.site.base + "/actions", { form: { ...form, token, choice: cause, what: "Outra transportadora", owner: "Logística", due_on: later, state: "planned" } });
    assert.ok(acted.ok(), `/actions: ${acted.status()}`);
    const holiday = await own.post(page.site.base + "/holidays", { form: { ...form, token, name: "Emenda", when: "once", day: later } });
    assert.ok(holiday.ok(), `/holidays: ${holiday.status()}`);
    const file = { name: "c.csv", mimeType: "text/csv", buffer: Buffer.from("code,name\n1,Um\n") };
    const sent = await own.post(page.site.base + "/imports/files", { multipart: { ...form, token, kind: "customers", file } });
    assert.ok(sent.ok(), `/imports/files: ${sent.status()}`);
    const upload = new URL(sent.url()).pathname;
    // Rules that are tried, and the rhythm: worked out by a thread of their own.
    const rule = { rules: "1", act: "try", "kind.0": "days", "inactive.0": "60", "at_risk.0": "30" };
    const tried = await own.post(page.site.base + "/policy/rules", { form: { ...form, ...rule } });
    assert.ok(tried.ok(), `/policy/rules: ${tried.status()}`);
    const tries = new URL(tried.url()).pathname;
    const shows = async (at, is) => {
        const end = Date.now() + 600000; // for what hangs, not for a slow machine
        for (;;) {
            const text = await (await own.get(page.site.base + at)).text();
            if (is(text)) break;
            assert.ok(Date.now() < end, `${at}: ${is}`);
            await new Promise((done) => setTimeout(done, 50));
        }
    };
    await shows(tries, (text) => text.includes("changes-table")); // once these rules stand, nobody would change by them
    assert.ok((await own.post(page.site.base + tries, { form: { ...form, token: "B".repeat(43), version: "0", note: "Mais cedo" } })).ok());
    await shows("/policy", (text) => text.includes("cycle-table"));
    await shows("/policy", (text) => /rules\?version=/.test(text) && !text.includes('id="far"'));
    return [...Object.keys(made), "/worklists", "/tags", `/holidays?year=${later.slice(0, 4)}`, upload, tries];
}

/** What administrators alone make: a webhook, with a delivery that this machine's own address refuses. */
async function makeAdmin(page) {
    const form = { csrf: await page.getAttribute("body", "data-csrf") }, own = page.context().request;
    const hook = await own.post(page.site.base + "/webhooks", { form: { ...form, token: "B".repeat(43), name: "ERP", url: "http://localhost:9/hook", contacts: "1" } });
    const gateway = await own.post(page.site.base + "/gateways", { form: { ...form, token: "G".repeat(43), name: "SMS", url: "http://localhost:9/sms", form: "json", body: '{"to": "{phone}", "text": "{text}"}', rate: "60" } });
    assert.ok(gateway.ok(), `/gateways: ${gateway.status()}`);
    assert.ok(hook.ok() && (await own.post(page.site.base + "/webhooks/1/test", { form })).ok(), `/webhooks: ${hook.status()}`);
}

/** A message, which nobody writes by a page of its own. */
function message(site) {
    site.rows("INSERT INTO message (id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, from_user_id, template_id, gateway_id, offer, address, name, reply_to, subject, fold, token, header, made_us, due_us, why, words) VALUES (9001, 'test:browser', 'user:1', 1, 2, 2, 4, 1, 1, 0, 1, 0, 0, '', 'rita@example.com', 'Rita', '', 'Bom dia', 'bom dia', 'browser', 'browser', strftime('%s') * 1000000, strftime('%s') * 1000000, '', '550 5.1.1 no such mailbox here')");
    site.rows("INSERT INTO message_body (message_id, text, html, picture) VALUES (9001, 'Olá', '<!DOCTYPE html><html lang=\"pt-BR\"><head><title>Bom dia</title></head><body style=\"color:#333\"><p>Olá</p></body></html>', x'')");
}

/** A letter to a customer; its own link needs no sign-in. */
function letter(site) {
    site.rows("INSERT INTO mailing (id, template_id, name, subject, body, offer, offer_text, user_id, one, asked, customers, left_out, day, token, made_us) VALUES (1, 1, 'Senti sua falta', 'Tudo bem?', 'Olá, {pessoa|tudo bem}!', 1, '10 % de desconto', 1, 0, 0, 1, 2, 1, 'browser', strftime('%s') * 1000000)");
    site.rows("INSERT INTO message (id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, from_user_id, template_id, gateway_id, offer, address, name, reply_to, subject, fold, token, header, made_us, due_us, why, words) VALUES (9002, 'letter:1', 'customer:1', 1, 2, 3, 3, 0, 1, 0, 1, 1, 0, '', 'ana@example.com', 'Ana', '', 'Tudo bem?', 'tudo bem?', '" + "L".repeat(43) + "', 'browser2', strftime('%s') * 1000000, strftime('%s') * 1000000, '', '')");
    return "/u/" + "L".repeat(43);
}

/** A memo, which is shown to nobody but who wrote or got it: each window has its own. */
async function memo(page, site) {
    const form = { csrf: await page.getAttribute("body", "data-csrf"), token: randomBytes(32).toString("base64url") }, own = page.context().request;
    const [, reader] = /name="user" value="(\d+)"/.exec(await (await own.get(site.base + "/memos/new")).text());
    const written = await own.post(site.base + "/memos", { form: { ...form, aim: "all", user: reader, text: "A promoção começa na segunda.\nAvisem os de sempre." } });
    const at = links(await written.text()).find((one) => /^\/memos\/\d+$/.test(one));
    assert.ok(at, `/memos: ${written.status()}`);
    return at;
}

/** A message inside the program, likewise. */
function notice(site, login) {
    const id = 9100 + Number(site.rows("SELECT count(*) FROM message WHERE id > 9100")[0]) + 1;
    site.rows(`INSERT INTO message (id, cause, recipient, day, channel, kind, state, user_id, customer_id, person_id, from_user_id, template_id, gateway_id, offer, address, name, reply_to, subject, fold, token, header, made_us, due_us, sent_us, why, words) SELECT ${id}, 'test:${id}', 'user:' || id, 1, 1, 1, 3, id, 0, 0, 0, 0, 0, '', '', name, '', 'Bom dia', 'bom dia', 'notice${id}', 'notice${id}', strftime('%s') * 1000000, strftime('%s') * 1000000, strftime('%s') * 1000000, '', '' FROM app_user WHERE login = '${login}'`);
    site.rows(`INSERT INTO message_body (message_id, text, html, picture) VALUES (${id}, 'Olá', '<!DOCTYPE html><html lang="pt-BR"><head><title>Bom dia</title></head><body style="color:#333;background:#fff"><h1>Bom dia</h1><p>Olá</p></body></html>', x'')`);
    return `/notices/${id}`;
}

/** What is one person's own: its address for whoever looks. */
async function own(page, site, login) {
    const told = notice(site, login);
    return { "/memos/:id": await memo(page, site), "/notices/:id": told, "/notices/:id/message": `${told}/message` };
}

/** A restore point, which only an administrator makes; it is there when the list has a link to it. */
async function point(page) {
    const form = { csrf: await page.getAttribute("body", "data-csrf") }, own = page.context().request;
    assert.ok((await own.post(page.site.base + "/backups", { form })).ok());
    for (let n = 0; n < 600; n++) {
        if (links(await (await own.get(page.site.base + "/backups")).text()).some((at) => /^\/backups\/\d/.test(at))) return;
        await page.waitForTimeout(100);
    }
    assert.fail("no restore point");
}

/** Who is looked for is sent by a form, so no walk over links finds what can be done with them. */
async function erasing(page, code) {
    const form = { csrf: await page.getAttribute("body", "data-csrf"), typed: code };
    const at = links(await (await page.context().request.post(page.site.base + "/privacy/held", { form })).text()).find((one) => /\/erase$/.test(one));
    assert.ok(at, `nothing is held of ${code}`);
    return at;
}

async function before() {
    const site = await new Site().start();
    const browser = await Browser.open();
    const people = { manager: await browser.person(site, site.user("marta", "manager")), admin: await browser.person(site, site.user("ana", "admin")) };
    const found = new Map(), whose = new Map();
    for (const page of Object.values(people)) page.site = site;
    const shown = await make(people.manager);
    await makeAdmin(people.admin);
    message(site);
    const left = letter(site);
    await point(people.admin);
    for (const [role, page] of Object.entries(people)) {
        const own = new Map();
        await walk(page, routes(), own);
        for (const [pattern, at] of own) {
            if (found.has(pattern)) continue;
            found.set(pattern, at);
            whose.set(pattern, role);
        }
    }
    for (const at of shown)
        for (const link of [at, ...links(await (await people.manager.context().request.get(site.base + at)).text())]) {
            const route = routes().find((one) => !found.has(one.pattern) && !/\/new$/.test(link) && fits(one.pattern).test(link.split("?")[0]));
            if (route) found.set(route.pattern, link), whose.set(route.pattern, "manager");
        }
    found.set("/u/:token", left);
    whose.set("/u/:token", "manager");
    for (const [pattern, at] of Object.entries(await own(people.manager, site, "marta"))) found.set(pattern, at), whose.set(pattern, "manager");
    found.set("/alerts/:id/try.csv", found.get("/alerts/:id") + "/try.csv"), whose.set("/alerts/:id/try.csv", "manager"); // offered after a try
    found.set("/outbox/:id/message.html", "/outbox/9001/message.html"), whose.set("/outbox/:id/message.html", "manager"); // in a frame
    const erase = "/privacy/held/:code/erase";
    found.set(erase, await erasing(people.admin, found.get("/customers/:code").split("/")[2].split("?")[0]));
    whose.set(erase, "admin");
    const pages = [...found].filter(([pattern]) => !FILES.test(pattern) && !/^\/(health|ready|metrics|worker|signin|agenda\/feed|[oc]\/:|notices\/:id\/message)/.test(pattern)).map(([pattern, at]) => ({ pattern, at, role: whose.get(pattern) }));
    return { site, browser, people, found, whose, pages };
}

async function after({ site, browser }) {
    await browser.close();
    await site.close();
}

const nameOf = (pattern) => pattern.replace(/^\/$/, "today").replace(/[^a-z0-9]+/gi, "_").replace(/^_|_$/g, "");

/** All pages as their role, in a window of this language; `look` says what is wrong with one. */
async function each(shared, lang, look) {
    const wrong = [];
    const windows = {};
    for (const { pattern, at, role } of shared.pages) {
        if (!windows[role]) {
            const login = `${role}-${lang}-${Math.random().toString(36).slice(2, 8)}`.toLowerCase();
            windows[role] = await shared.browser.person(shared.site, shared.site.user(login, role), { lang });
            windows[role].own = await own(windows[role], shared.site, login);
        }
        const page = windows[role];
        page.faults.length = 0;
        try {
            await page.setViewportSize({ width: 1280, height: 800 });
            await page.emulateMedia({ colorScheme: "light" });
            await page.goto(shared.site.base + (page.own[pattern] || at), { waitUntil: "load" });
            wrong.push(...(await look(page, pattern)).map((what) => `${lang} ${at}: ${what}`));
        } catch (error) {
            wrong.push(`${lang} ${at}: ${error.message.split("\n")[0]}`);
        }
        wrong.push(...page.faults.map((fault) => `${lang} ${fault}`));
    }
    for (const page of Object.values(windows)) await page.context().close();
    assert.deepEqual(wrong, [], wrong.join("\n"));
}

/** What axe-core finds: everything in the light; in the dark, where only colours differ, what is about colours. (preload: styles are fetched again
 * for a rule that is not asked.) */
async function audit(page, scheme) {
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(readFileSync(need.resolve("axe-core/axe.min.js"), "utf8"));
    const said = await page.evaluate((rules) => window.axe.run(document, rules), { resultTypes: ["violations"], preload: false, ...(scheme === "dark" && { runOnly: ["color-contrast", "link-in-text-block"] }) });
    return said.violations.map((one) => `axe ${one.id}: ${one.nodes.slice(0, 2).map((node) => node.html.slice(0, 160) + " " + (node.failureSummary || "").split("\n")[1]).join(" | ")}`);
}

async function every_route_has_an_address(shared) {
    const none = routes().map((route) => route.pattern).filter((pattern) => !shared.found.has(pattern) && !/:token|rejects|progress$/.test(pattern));
    assert.deepEqual(none, [], `no page links to ${none.join(", ")}`);
}

async function texts(page) {
    const text = await page.evaluate(() => document.documentElement.innerText + " " + [...document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")].map((e) => ["aria-label", "title", "placeholder", "alt"].map((name) => e.getAttribute(name) || "").join(" ")).join(" "));
    return [...text.matchAll(missing)].map((match) => match[0]).filter((key) => !FILES.test(key)).map((key) => `the key ${key} in place of a text`);
}

/** Labels whose words are cut off, and buttons that reach past the page's margin. */
async function cut(page) {
    return page.$$eval("main .badge, main .btn", (all) => all
        .filter((e) => e.checkVisibility({ visibilityProperty: true }) && (e.scrollWidth > e.clientWidth + 1 || (!e.closest(".table-responsive") && e.getBoundingClientRect().right > innerWidth - 8)))
        .map((e) => `cut off: ${e.textContent.trim().slice(0, 60)}`));
}

/** One visit a page and language: every width; looked at by axe, in the dark too, and kept as pictures in those of `seen`. Each language has
 * both colours, and each width in the light. */
async function sound(page, pattern, lang, seen) {
    const wrong = await texts(page);
    if ((await page.getAttribute("html", "lang")) !== lang) wrong.push(`is not in ${lang}`);
    for (const scheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme: scheme });
        for (const width of WIDTHS) {
            if (scheme === "dark" && !seen.includes(`${width}-${scheme}`)) continue; // colours move nothing
            await page.setViewportSize({ width, height: width < 500 ? 740 : 800 });
            const fitting = await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, null, { timeout: 5000 }).catch(() => null); // charts follow the width a little later
            if (!fitting) wrong.push(`${await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)} pixels wider than ${width}`);
            if (width === WIDTHS[0] && scheme === "light") wrong.push(...(await cut(page)));
            if (!seen.includes(`${width}-${scheme}`)) continue;
            if (width !== 768) wrong.push(...(await audit(page, scheme)).map((what) => `${scheme} ${width}: ${what}`));
            await picture(page, `${nameOf(pattern)}-${lang.slice(0, 2)}-${width}-${scheme}`);
        }
    }
    return wrong;
}

async function reached(page) {
    const wanted = await page.evaluate(() => {
        window.reached = new Set();
        addEventListener("focusin", (event) => window.reached.add(event.target), true);
        const radios = new Set();
        window.wanted = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter((e) => {
            if (e.disabled || e.tabIndex < 0 || !e.checkVisibility({ visibilityProperty: true }) || e.closest("[inert]")) return false;
            if (e.type !== "radio") return true;
            const first = !radios.has(e.name);
            radios.add(e.name);
            return first;
        });
        window.left = () => window.wanted.filter((e) => !window.reached.has(e) && !(e.type === "radio" && [...window.reached].some((r) => r.name === e.name)));
        return window.wanted.length;
    });
    for (let n = 0; n < 3 * wanted + 30; n++) {
        await page.keyboard.press("Tab");
        if (n % 20 === 19 && (await page.evaluate(() => window.left().length === 0))) return [];
    }
    return page.evaluate(() => window.left().slice(0, 5).map((e) => `not reached by keyboard: ${e.outerHTML.slice(0, 140)}`));
}

async function pages_are_sound_in_portuguese(shared) {
    await each(shared, "pt-BR", (page, pattern) => sound(page, pattern, "pt-BR", ["360-light", "768-light", "1280-dark"]));
}

async function pages_are_sound_in_english_and_reached_by_the_tabulator_key(shared) {
    await each(shared, "en-US", async (page, pattern) => [...(await sound(page, pattern, "en", ["1280-light", "360-dark"])), ...(await page.setViewportSize({ width: 1280, height: 800 }), await reached(page))]);
}

async function html_is_what_tidy_takes(shared) {
    const wrong = [];
    for (const { at, role, pattern } of [...shared.pages, { at: "/nothing-here", role: "admin", pattern: "/nothing" }]) {
        const answer = await shared.people[role].context().request.get(shared.site.base + at);
        const run = spawnSync("tidy", ["-quiet", "-errors", "-utf8", "--doctype", "html5", "--drop-empty-elements", "no", "--warn-proprietary-attributes", "yes", "--show-warnings", "yes"], { input: await answer.text(), encoding: "utf8" });
        if (run.error) return "no tidy";
        wrong.push(...run.stderr.split("\n").filter((line) => line && !TIDY_KNOWN.some((known) => known.test(line))).slice(0, 6).map((line) => `${pattern}: ${line}`));
    }
    assert.deepEqual(wrong, [], wrong.join("\n"));
}

async function files_and_services_answer(shared) {
    for (const [pattern, at] of shared.found) {
        if (shared.pages.some((page) => page.pattern === pattern) || pattern.startsWith("/signin")) continue;
        const answer = await shared.people[shared.whose.get(pattern)].context().request.get(shared.site.base + at);
        assert.equal(answer.status(), 200, `${at}: ${answer.status()}`);
        assert.ok((await answer.body()).length > 0, `${at}: nothing`);
    }
}

await main(before, after, every_route_has_an_address, files_and_services_answer, html_is_what_tidy_takes, pages_are_sound_in_portuguese, pages_are_sound_in_english_and_reached_by_the_tabulator_key);

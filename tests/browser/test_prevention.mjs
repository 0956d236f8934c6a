#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// A working morning, on a real history (Northwind): the administrator names the mail server, the manager tries the rules of alerts, the
// job tells everybody, each rep gets their own customers and nobody else's, opens the message on a phone and logs the call from it. The mail
// server is a real one, and what arrived is taken apart by Python's email.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { assert, Browser, main, picture, real, root, Site } from "./browser.mjs";

const BEFORE = "1998-04-30", DAY = "1998-05-07"; // a Thursday, and a week later

function fill(site) {
    const file = (name) => path.join(real("northwind"), name + ".csv");
    site.run("init", "--db", "demo.db");
    site.run("import", "customers", file("customers"), "--db", "demo.db");
    site.run("import", "orders", file("orders"), file("order-details"), "--db", "demo.db");
    site.run("policy", "set", "days 60 at-risk 30", "--db", "demo.db");
    site.run("score", "--db", "demo.db", "--as-of", BEFORE);
    site.run("score", "--db", "demo.db", "--as-of", DAY);
}

const server = (...words) => execFileSync(path.join(root, "tools/mail_server"), words, { encoding: "utf8" });

async function before() {
    if (!real("northwind")) return null;
    const site = await new Site({ day: DAY, fill }).start();
    const mail = { folder: path.join(os.tmpdir(), `reativa-mail.${process.pid}`) }; // not in the site's folder: a user without rights runs it
    for (const line of server("start", mail.folder).trim().split("\n")) {
        const at = line.indexOf("=");
        mail[line.slice(0, at)] = line.slice(at + 1);
    }
    const reps = site.rows("SELECT DISTINCT l.code FROM score s JOIN customer c ON c.id = s.customer_id JOIN label l ON l.id = c.rep_id WHERE s.status = 3 ORDER BY 1");
    const link = {};
    for (const [i, rep] of reps.entries()) link[rep] = site.user(`rep${i}`, "rep", "--rep", rep, "--email", `rep${i}@example.com`);
    const browser = await Browser.open();
    const ana = await browser.person(site, site.user("ana", "admin", "--email", "ana@example.com"), { lang: "pt-BR" });
    return { site, mail, reps, link, browser, ana };
}

async function after(shared) {
    if (!shared) return;
    await shared.browser.close();
    server("stop", shared.mail.folder);
    await shared.site.close();
}

/** Messages that arrived, as Python's email reads them. */
function arrived({ mail }) {
    const read = `
import email, email.policy, json, os, sys
out = []
for folder in ("new", "cur"):
    path = os.path.join(sys.argv[1], folder)
    for name in sorted(os.listdir(path)) if os.path.isdir(path) else []:
        m = email.message_from_binary_file(open(os.path.join(path, name), "rb"), policy=email.policy.default)
        assert not m.defects, m.defects
        picture = next((p for p in m.walk() if p.get_content_type() == "image/png"), None)
        text, html = m.get_body(("plain",)), m.get_body(("html",))
        out.append({"to": m["To"], "subject": m["Subject"], "id": m["Message-ID"], "text": text.get_content() if text else "", "html": html.get_content() if html else "",
                    "picture": picture and picture.get_payload().replace("\\n", "")})
print(json.dumps(out))`;
    return JSON.parse(execFileSync("/usr/bin/python3", ["-c", read, mail.maildir], { encoding: "utf8" }));
}

/** Waits until so many have arrived: a server hands them on when it likes. */
async function arrive(shared, n) {
    for (let tries = 0; arrived(shared).length < n && tries < 300; tries++) await new Promise((go) => setTimeout(go, 200));
    return arrived(shared);
}

async function the_administrator_names_the_mail_server(shared) {
    if (!shared) return "no real data";
    const { site, mail, ana } = shared;
    await ana.goto(site.base + "/mail");
    await ana.fill("[name=host]", "127.0.0.1");
    await ana.fill("[name=port]", mail.plain);
    await ana.selectOption("[name=safety]", "none");
    await ana.fill("[name=from]", "vendas@example.com");
    await ana.fill("[name=public_url]", site.base);
    await ana.locator("form[action='/mail'] button.btn-primary").click();
    await ana.waitForSelector("#said .said");
    await ana.locator("form[action='/mail/test'] button").click();
    await ana.waitForSelector(".alert-success");
    await picture(ana, "prevention-mail");
    const [test] = await arrive(shared, 1);
    assert.ok(test.to.includes("ana@example.com"), test.to);
    assert.deepEqual(ana.faults, []);
}

async function the_rule_is_tried_and_tells_nobody(shared) {
    if (!shared) return "no real data";
    const { site, reps, ana } = shared;
    const [rule] = site.rows("SELECT id FROM alert WHERE layout = 1 AND retired_us = 0 ORDER BY id LIMIT 1");
    shared.rule = rule;
    await ana.goto(`${site.base}/alerts/${rule}`);
    await ana.locator("button[value=try]").click();
    await ana.waitForSelector("#tried");
    shared.tried = await ana.locator("section[aria-labelledby=tried] tbody tr").evaluateAll((rows) => rows.map((row) => [row.querySelector("small").innerText.split(" · ").pop(), [...row.querySelectorAll("li a")].map((a) => a.getAttribute("href").split("/").pop())]));
    await picture(ana, "prevention-tried");
    assert.ok(shared.tried.length > 0 && shared.tried.every(([rep]) => reps.includes(rep)), JSON.stringify(shared.tried));
    for (const [rep, codes] of shared.tried) {
        const theirs = site.rows(`SELECT c.code FROM customer c JOIN label l ON l.id = c.rep_id WHERE l.code = '${rep}'`);
        assert.ok(codes.length > 0 && codes.every((code) => theirs.includes(code)), `${rep}: ${codes}`);
    }
    assert.equal(arrived(shared).length, 1, "only the test has been sent");
}

async function each_rep_hears_of_their_own_once(shared) {
    if (!shared) return "no real data";
    const { site, tried, rule } = shared;
    const name = (code) => site.rows(`SELECT name FROM customer WHERE code = '${code}'`)[0];
    site.run("jobs", "run", `alert:${rule}`, "--db", "demo.db", "--as-of", DAY);
    const told = (await arrive(shared, 1 + tried.length)).slice(1).filter((m) => m.to.includes("rep"));
    assert.equal(told.length, tried.length, JSON.stringify(told.map((m) => m.to)));
    for (const message of told) {
        const login = /(rep\d+)@/.exec(message.to)[1], rep = shared.reps[Number(login.slice(3))];
        const [, codes] = tried.find(([whose]) => whose === rep);
        for (const code of codes) assert.ok(message.text.includes(name(code)) && message.html.includes(name(code).replace(/&/g, "&amp;").replace(/'/g, "&#39;")), `${rep}: ${code}`);
        for (const [whose, others] of tried) if (whose !== rep) for (const code of others) assert.ok(!message.text.includes(name(code)), `${rep} reads of ${code}`);
    }
    shared.told = told;
    site.run("jobs", "run", `alert:${rule}`, "--db", "demo.db", "--as-of", DAY);
    site.run("jobs", "run", "outbox", "--db", "demo.db", "--as-of", DAY);
    assert.equal(new Set(arrived(shared).map((m) => m.id)).size, 1 + tried.length, "nobody is told twice");
}

async function the_rep_reads_it_on_a_phone_and_logs_the_call(shared) {
    if (!shared) return "no real data";
    const { site, browser, told, link, reps } = shared;
    const message = told[0], rep = reps[Number(/rep(\d+)@/.exec(message.to)[1])];
    const file = path.join(site.folder, "message.html");
    writeFileSync(file, message.html.replace("cid:chart", "data:image/png;base64," + message.picture));
    for (const dark of [false, true]) {
        const reader = await browser.person(site, null, { width: 360, dark });
        await reader.goto("file://" + file);
        assert.ok(await reader.evaluate(() => document.documentElement.scrollWidth <= 360), "nothing is cut off at 360 pixels");
        assert.ok(await reader.locator("img").evaluateAll((all) => all.every((img) => img.naturalWidth > 0)));
        await picture(reader, dark ? "prevention-message-dark" : "prevention-message");
    }
    const reader = await browser.person(site, link[rep], { width: 360 });
    const log = message.html.match(/href="([^"]+\/contact[^"]*)"/)[1].replace(/&amp;/g, "&");
    await reader.goto(site.base + "/notices");
    await picture(reader, "prevention-notices");
    await reader.goto(log);
    await reader.check("input[name=outcome][value=no_answer]");
    await reader.locator("form[action$='/contact'] button[type=submit]").click();
    await reader.waitForURL((url) => !url.pathname.endsWith("/contact"));
    const code = decodeURIComponent(/customers\/([^/]+)\/contact/.exec(log)[1]);
    assert.deepEqual(site.rows(`SELECT count(*) FROM contact k JOIN customer c ON c.id = k.customer_id WHERE c.code = '${code}'`), ["1"]);
    assert.deepEqual(reader.faults, []);
}

await main(before, after, the_administrator_names_the_mail_server, the_rule_is_tried_and_tells_nobody, each_rep_hears_of_their_own_once, the_rep_reads_it_on_a_phone_and_logs_the_call);

#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// The manager's Monday, on a real history (Northwind: 830 orders of 89 customers, nine reps): what was lost, by whom, why; another
// rule is tried and saved; customers are given to another rep. What a page says is held against the command line and the database.
import path from "node:path";
import { assert, Browser, main, picture, real, Site } from "./browser.mjs";

const DAY = "1998-05-07";

function fill(site) {
    const file = (name) => path.join(real("northwind"), name + ".csv");
    site.run("init", "--db", "demo.db");
    site.run("import", "customers", file("customers"), "--db", "demo.db");
    site.run("import", "orders", file("orders"), file("order-details"), "--db", "demo.db");
    site.run("policy", "set", "days 60 at-risk 45", "--db", "demo.db");
    site.run("score", "--db", "demo.db", "--as-of", DAY);
}

async function before() {
    if (!real("northwind")) return null;
    const site = await new Site({ day: DAY, fill }).start();
    const browser = await Browser.open();
    const page = await browser.person(site, site.user("marta", "manager"), { lang: "pt-BR" });
    return { site, browser, page };
}

async function after(shared) {
    if (!shared) return;
    await shared.browser.close();
    await shared.site.close();
}

const number = (text) => Number(text.replace(/[^\d-]/g, "") || NaN);

/** Customers as the command line lists them: [code, rep, status], by code. */
const listed = (site, ...filter) => site.run("list", "--db", "demo.db", "--as-of", DAY, "--format", "csv", "--limit", "0", "--columns", "code,rep,status", "--lang", "en", ...filter).trim().split("\n").slice(1).map((line) => line.split(",")).sort();
const count = (site, ...filter) => listed(site, ...filter).length;

/** The cells of a table's body as a person reads them. */
const table = (page, id) => page.locator(`#${id} tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())));

async function what_was_lost_and_by_whom(shared) {
    if (!shared) return "no real data";
    const { site, page } = shared;
    await page.goto(site.base + "/overview");
    const inactive = page.locator("#statuses-table tr[data-figure=inactive] a");
    assert.equal(number(await inactive.innerText()), count(site, "--status", "inactive"));
    await picture(page, "monday-overview");
    await page.goto(site.base + "/flow");
    await page.selectOption("[name=by]", "rep");
    await page.selectOption("[name=months]", "6");
    await page.click("main form[action='/flow'] button[type=submit]");
    const rows = (await table(page, "flow-table")).map(([rep, ...figures]) => [rep, ...figures.map(number)]);
    assert.ok(rows.length >= 8, JSON.stringify(rows));
    for (const [rep, opening, lost, back, off, closing] of rows) {
        assert.equal(opening + lost - back - off, closing, rep);
        assert.equal(closing, count(site, "--rep", rep, "--status", "inactive,lost"), `${rep}: who is inactive today`);
    }
    const [worst] = [...rows].sort((a, b) => b[2] - a[2]);
    await page.locator("#flow-table tbody tr").nth(rows.indexOf(rows.find(([rep]) => rep === worst[0]))).locator("td a").nth(0).click();
    await page.waitForURL(/\/customers\?/);
    assert.ok((await page.locator("main tbody tr").count()) > 0);
    await picture(page, "monday-lost");
    assert.deepEqual(page.faults, []);
}

async function why_they_stop(shared) {
    if (!shared) return "no real data";
    const { site, page } = shared;
    const gone = listed(site, "--status", "inactive").map(([code]) => code).slice(0, 3);
    await page.goto(site.base + "/choices?kind=objection");
    await page.locator("form[action='/choices/usual'] button").click();
    await page.waitForSelector("#said .said");
    const [objection] = site.rows("SELECT name FROM choice WHERE kind = 2 AND retired_us = 0 ORDER BY id LIMIT 1");
    for (const code of gone) {
        await page.goto(`${site.base}/customers/${code}/contact`);
        await page.check("input[name=outcome][value=refused]");
        await page.locator("select[name=objection_id]").selectOption({ label: objection });
        await page.locator("form[action$='/contact'] button[type=submit]").click();
        await page.waitForURL((url) => !url.pathname.endsWith("/contact"), { timeout: 5000 }).catch(async () => assert.fail(await page.locator("main").innerText()));
    }
    await page.goto(site.base + "/contacts");
    const text = await page.locator("main").innerText();
    assert.ok(text.includes(objection), text.slice(0, 900));
    await picture(page, "monday-why");
    assert.deepEqual(page.faults, []);
}

async function a_rule_is_tried_looked_at_and_saved(shared) {
    if (!shared) return "no real data";
    const { site, page } = shared;
    const before = new Map(listed(site).map(([code, , status]) => [code, status]));
    await page.goto(site.base + "/policy/rules");
    await page.selectOption("[name='kind.0']", "days");
    await page.fill("[name='inactive.0']", "90");
    await page.fill("[name='at_risk.0']", "50");
    await page.locator("main button.btn-primary[value=try]").click();
    await page.waitForSelector("#changed", { timeout: 60000 });
    const [changed] = (await page.locator("#changed").innerText()).match(/\d+/).map(Number);
    const rows = await table(page, "changes-table");
    await picture(page, "monday-tried");
    assert.equal(count(site, "--status", "inactive"), [...before.values()].filter((status) => status === "inactive").length, "a trial changes nothing");
    await page.fill("[name=note]", "Sessenta dias avisam cedo demais");
    await page.locator("section:has(#save) button.btn-primary").click();
    await page.waitForURL(/\/policy$/);
    await page.waitForFunction(() => !document.querySelector("#far"), null, { timeout: 60000 });
    const after = new Map(listed(site).map(([code, , status]) => [code, status]));
    const moved = [...after].filter(([code, status]) => before.get(code) !== status);
    assert.equal(moved.length, changed, "what was said before saving is what came");
    assert.deepEqual(rows.map((row) => row[1]).sort(), moved.map(([code]) => code).sort());
    await picture(page, "monday-rules");
    assert.deepEqual(page.faults, []);
}

async function customers_are_given_to_another_rep(shared) {
    if (!shared) return "no real data";
    const { site, page } = shared;
    const [from, to] = [...new Set(listed(site).map(([, rep]) => rep).filter(Boolean))].sort();
    const theirs = listed(site, "--rep", from).map(([code]) => code), others = listed(site, "--rep", to).map(([code]) => code);
    await page.goto(`${site.base}/customers?rep=${from}`);
    await page.check("input[name=all]");
    await page.selectOption("#act", "assign");
    await page.locator("form[action='/bulk'] button[type=submit]").first().click();
    await page.fill("[name=rep]", to);
    await page.fill("[name=reason]", "Férias");
    await picture(page, "monday-transfer");
    await page.locator("form[action='/transfers'] button.btn-primary").click();
    await page.waitForURL(/\/transfers\/\d+/);
    assert.equal(number(await page.locator("#moved").innerText()), theirs.length);
    assert.deepEqual(listed(site, "--rep", to).map(([code]) => code), [...theirs, ...others].sort());
    await page.goto(site.base + "/team");
    await picture(page, "monday-team");
    await page.goto(site.base + "/transfers");
    await page.locator("#transfers-table a").first().click();
    await page.locator("form[action$='/undo'] button").click();
    await page.waitForLoadState();
    assert.deepEqual(listed(site, "--rep", from).map(([code]) => code), theirs);
    assert.deepEqual(page.faults, []);
}

await main(before, after, what_was_lost_and_by_whom, why_they_stop, a_rule_is_tried_looked_at_and_saved, customers_are_given_to_another_rep);

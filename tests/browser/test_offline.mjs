#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// A rep without signal: Today and the customers of the day stay readable and say that they are copies, a contact typed meanwhile
// is sent when the signal is back, once; nothing of one person is shown to the next. The signal is lost by ending the server.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { assert, Browser, main, picture, Site } from "./browser.mjs";

async function before() {
    const site = await new Site().start();
    const browser = await Browser.open();
    site.rows = (sql) => execFileSync("sqlite3", [path.join(site.folder, "demo.db"), sql], { encoding: "utf8" }).split("\n").filter(Boolean);
    site.port = Number(new URL(site.base).port);
    return { site, browser };
}

async function after({ site, browser }) {
    await browser.close();
    await site.close();
}

/** Until the worker answers for this page. */
async function served(page, at) {
    await page.goto(at);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.goto(at);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

async function firstCustomer(page) {
    return page.locator("main a[href^='/customers/']").evaluateAll((all) => all.map((a) => new URL(a.href).pathname).find((path) => /^\/customers\/[^/]+$/.test(path)));
}

async function pages_of_the_day_stay_readable_and_a_contact_is_sent_once(shared) {
    const { site, browser } = shared;
    const page = await browser.person(site, site.user("rui", "rep", "--rep", "R11"), { width: 360 });
    await served(page, site.base + "/");
    const customer = await firstCustomer(page);
    const name = await page.locator(`main a[href='${customer}']`).first().innerText();
    await page.goto(site.base + customer);
    await page.goto(`${site.base}${customer}/contact`);
    await page.locator("input[name=outcome][value=quoted]").check({ force: true });
    await page.fill("textarea[name=note]", "Escrito sem sinal");
    await site.stop();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight)); // the button is above the bar for the thumb
    await page.locator("main form button[type=submit]").first().click();
    await page.waitForURL(/offline/);
    await picture(page, "offline-typed");
    await page.goto(site.base + "/");
    const text = await page.locator("main").innerText();
    assert.ok(text.includes(name), `Today is readable: ${text.slice(0, 300)}`);
    assert.ok(await page.locator(".kept").first().isVisible(), "and says that it is a copy");
    await picture(page, "offline-today");
    await page.goto(site.base + customer);
    assert.ok((await page.locator("h1").innerText()).includes(name));
    assert.deepEqual(site.rows("SELECT note FROM contact WHERE note = 'Escrito sem sinal'"), []);
    await site.start(site.port);
    await page.goto(site.base + "/");
    for (let n = 0; n < 60 && site.rows("SELECT 1 FROM contact WHERE note = 'Escrito sem sinal'").length === 0; n++) await page.waitForTimeout(100);
    for (let n = 0; n < 2; n++) await page.goto(site.base + "/");
    await page.waitForTimeout(500);
    assert.deepEqual(site.rows("SELECT count(*) FROM contact WHERE note = 'Escrito sem sinal'"), ["1"]);
    await page.goto(site.base + customer);
    assert.ok((await page.locator("main").innerText()).includes("Escrito sem sinal"));
    await page.context().close();
}

async function an_outcome_of_the_cockpit_waits_too_and_takes_nobody(shared) {
    const { site, browser } = shared;
    const page = await browser.person(site, site.user("bela", "agent"));
    await served(page, site.base + "/cockpit");
    await page.keyboard.press("n");
    await page.waitForSelector("form[data-log]");
    const code = await page.locator("form[data-log] input[name=code]").getAttribute("value");
    await page.keyboard.press("a");
    await page.fill("textarea[name=note]", "Ninguém atende");
    await site.stop();
    await page.locator("form[data-log] button[type=submit]").click();
    await page.waitForURL(/offline/);
    await site.start(site.port);
    const held = () => site.rows("SELECT count(*) FROM customer_hold");
    const before = held();
    await page.goto(site.base + "/agenda");
    const kept = () => site.rows("SELECT c.code FROM contact t JOIN customer c ON c.id = t.customer_id WHERE t.note = 'Ninguém atende'");
    for (let n = 0; n < 60 && kept().length === 0; n++) await page.waitForTimeout(100);
    await page.goto(site.base + "/agenda");
    assert.deepEqual(kept(), [code]);
    assert.ok(Number(held()) <= Number(before), "nobody was taken for who is elsewhere by now");
    await page.context().close();
}

async function the_next_person_at_the_phone_sees_nothing_of_the_one_before(shared) {
    const { site, browser } = shared;
    await site.stop();
    await site.start(site.port);
    const page = await browser.person(site, site.user("sara", "rep", "--rep", "R11"), { width: 360 });
    await served(page, site.base + "/");
    const customer = await firstCustomer(page);
    await page.goto(site.base + customer);
    await page.goto(site.base + "/");
    await page.locator("details.person summary").click();
    await page.locator("form[action='/signout'] button").click();
    await page.waitForURL(/signin/);
    await site.stop();
    await page.goto(site.base + customer).catch(() => {});
    assert.ok(!(await page.content()).includes("Ltda"), "the kept page is gone");
    await site.start(site.port);
    await page.context().close();
}

await main(before, after, pages_of_the_day_stay_readable_and_a_contact_is_sent_once, an_outcome_of_the_cockpit_waits_too_and_takes_nobody, the_next_person_at_the_phone_sees_nothing_of_the_one_before);

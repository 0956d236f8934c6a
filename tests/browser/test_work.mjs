#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// A day's work: an agent's hour by keyboard alone, two agents on one queue, two managers on one entry, and a rep who sees no
// customer but their own, wherever they look.
import { assert, Browser, main, picture, Site } from "./browser.mjs";

async function before() {
    const site = await new Site().start();
    const browser = await Browser.open();
    return { site, browser };
}

async function after({ site, browser }) {
    await browser.close();
    await site.close();
}

/** Presses the tabulator until the element has the focus; nothing here is clicked. */
async function tabTo(page, selector) {
    for (let n = 0; n < 80; n++) {
        if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
        await page.keyboard.press("Tab");
    }
    assert.fail(`${selector} is not reached by the tabulator key on ${page.url()}`);
}

const atHand = (page) => page.locator("form[data-log] input[name=code]").getAttribute("value", { timeout: 5000 });

/** What the key began ends with another page. */
async function andWait(page, press) {
    const before = await page.evaluate(() => (window.stamp = Math.random()));
    await press();
    await page.waitForFunction((stamp) => window.stamp !== stamp && document.readyState === "complete", before);
}

/** A day, typed into a date field. */
async function typeDay(page, days) {
    const day = await page.evaluate((add) => {
        const field = document.activeElement;
        const from = new Date((field.min || new Date().toISOString().slice(0, 10)) + "T12:00:00Z");
        from.setUTCDate(from.getUTCDate() + add);
        return from.toISOString().slice(0, 10);
    }, days);
    const [year, month, of] = day.split("-");
    await page.keyboard.type(month + of + year); // as the English browser under the tests asks for it
    assert.equal(await page.evaluate(() => document.activeElement.value), day);
}

async function an_agents_hour_by_keyboard_alone(shared) {
    const { site, browser } = shared;
    const page = await browser.person(site, null, { lang: "pt-BR" });
    await page.goto(site.user("carla", "agent"));
    await tabTo(page, "form[action='/signin/link'] button");
    await andWait(page, () => page.keyboard.press("Enter"));
    await tabTo(page, "a[href='/cockpit']");
    await andWait(page, () => page.keyboard.press("Enter"));
    await andWait(page, () => page.keyboard.press("n"));
    const outcomes = await page.locator("form[data-log] input[name=outcome]").evaluateAll((all) => all.map((radio) => ({ outcome: radio.value, key: radio.dataset.key })));
    assert.ok(outcomes.length >= 8 && outcomes.every((one) => one.key), JSON.stringify(outcomes));
    const seen = new Set();
    for (let n = 0; n < 10; n++) {
        const { outcome, key } = outcomes[n % outcomes.length];
        const code = await atHand(page);
        assert.ok(!seen.has(code), `${code} was given out twice`);
        seen.add(code);
        if (n === 0) {
            await page.keyboard.press("?");
            assert.ok(await page.locator("[data-help] dl").isVisible(), "? shows the keys");
            await picture(page, "work-keys");
            await page.keyboard.press("?");
        }
        await page.keyboard.press(key);
        if (outcome === "later") await typeDay(page, 3);
        if (outcome === "refused" || outcome === "closed") await page.keyboard.press("ArrowDown");
        if (n === 1) {
            await page.keyboard.press("Escape");
            await page.keyboard.press("t");
            await page.keyboard.type("Pediu preço da nova linha; ligar depois do dia 10");
        }
        if (n === 4) await picture(page, "work-at-hand");
        await tabTo(page, "form[data-log] button[type=submit]");
        await andWait(page, () => page.keyboard.press("Enter"));
        assert.equal(await page.locator("form[data-log] .fault").count(), 0, `${outcome}: ${await page.locator("main").innerText()}`);
    }
    const kept = site.rows("SELECT count(*), count(DISTINCT customer_id), count(DISTINCT outcome) FROM contact c JOIN app_user u ON u.id = c.user_id WHERE u.login = 'carla'");
    assert.deepEqual(kept, [`10|10|${outcomes.length}`]);
    assert.deepEqual(page.faults, []);
    await page.context().close();
}

async function a_customer_is_skipped_with_a_reason_by_keyboard(shared) {
    const { site, browser } = shared;
    const page = await browser.person(site, site.user("caio", "agent"));
    await page.goto(site.base + "/cockpit");
    await andWait(page, () => page.keyboard.press("n"));
    const code = await atHand(page);
    await page.keyboard.press("s");
    await page.keyboard.type("Fecha para balanço");
    await andWait(page, () => page.keyboard.press("Enter"));
    assert.notEqual(await atHand(page), code);
    assert.equal(site.rows("SELECT why FROM worklist_skip").length, 1);
    assert.deepEqual(page.faults, []);
    await page.context().close();
}

async function a_button_pressed_twice_and_a_page_left_by_mistake_lose_nothing(shared) {
    const { site, browser } = shared;
    const page = await browser.person(site, site.user("cida", "agent"));
    await page.goto(site.base + "/cockpit");
    await andWait(page, () => page.keyboard.press("n"));
    const first = await atHand(page);
    await page.fill("textarea[name=note]", "Liga de volta às três");
    await page.locator(`a[href='/customers/${first}']`).first().click();
    await page.waitForURL(/customers/);
    await page.goBack();
    assert.equal(await page.inputValue("textarea[name=note]"), "Liga de volta às três");
    await page.locator("input[name=outcome][value=quoted]").check({ force: true });
    const sent = [];
    page.on("request", (request) => request.method() === "POST" && /log/.test(request.url()) && sent.push(request.url()));
    await andWait(page, () => page.locator("form[data-log] button[type=submit]").dblclick());
    assert.equal(sent.length, 1);
    assert.deepEqual(site.rows("SELECT count(*) FROM contact WHERE note = 'Liga de volta às três'"), ["1"]);
    assert.notEqual(await atHand(page), first);
    assert.equal(await page.inputValue("textarea[name=note]"), "", "a draft is its own customer's");
    await page.context().close();
}

async function two_agents_never_hold_one_customer(shared) {
    const { site, browser } = shared;
    const pages = await Promise.all(["dora", "enzo"].map((login) => browser.person(site, site.user(login, "agent"))));
    for (const page of pages) await page.goto(site.base + "/cockpit");
    for (let n = 0; n < 6; n++) {
        await Promise.all(pages.map((page) => andWait(page, () => page.keyboard.press("n"))));
        const [one, two] = await Promise.all(pages.map(atHand));
        assert.notEqual(one, two);
    }
    const [one, two] = await Promise.all(pages.map(atHand));
    await pages[0].goto(`${site.base}/customers/${two}`); // looking is free
    assert.equal(await pages[0].locator("h1").count(), 1);
    assert.deepEqual(site.rows("SELECT customer_id FROM customer_hold GROUP BY customer_id HAVING count(*) > 1"), []);
    assert.ok(one && two);
    for (const page of pages) {
        assert.deepEqual(page.faults, []);
        await page.context().close();
    }
}

async function the_second_of_two_who_edit_is_told(shared) {
    const { site, browser } = shared;
    const pages = await Promise.all(["fabia", "gil"].map((login) => browser.person(site, site.user(login, "manager"))));
    await pages[0].goto(`${site.base}/choices/new?kind=objection`);
    await pages[0].fill("[name=name]", "Só compro no fim do mês");
    await pages[0].click("main form button[type=submit]");
    const path = await pages[0].getByRole("link", { name: "Só compro no fim do mês" }).getAttribute("href");
    for (const page of pages) await page.goto(site.base + path);
    for (const [at, page] of pages.entries()) {
        await page.fill("[name=argument]", `Argumento ${at}`);
        await page.locator("main form button.btn-primary").click();
    }
    const text = await pages[1].locator("main").innerText();
    assert.ok(text.includes("Argumento 0"), `what the first kept is shown: ${text}`);
    assert.equal(await pages[1].inputValue("[name=argument]"), "Argumento 1");
    await picture(pages[1], "work-told");
    await pages[1].locator("main form button.btn-primary").click();
    await pages[0].goto(site.base + path);
    assert.equal(await pages[0].inputValue("[name=argument]"), "Argumento 1");
    for (const page of pages) await page.context().close();
}

async function a_rep_finds_only_their_own_customers(shared) {
    const { site, browser } = shared;
    const customers = site.run("list", "--db", "demo.db", "--as-of", "2026-10-01", "--format", "csv", "--limit", "0", "--columns", "code,name,rep", "--lang", "en").trim().split("\n").slice(1).map((line) => line.split(","));
    const own = new Set(customers.filter((c) => c.at(-1) === "R01").map((c) => c[0]));
    const names = new Set(customers.filter((c) => c.at(-1) === "R01").map((c) => c[1]));
    const others = customers.filter((c) => c.at(-1) !== "R01" && !names.has(c[1]) && c.length === 3);
    assert.ok(own.size > 5 && others.length > 50);
    const page = await browser.person(site, site.user("rita", "rep", "--rep", "R01"));
    const open = ["/"], seen = new Set(), wrong = [];
    while (open.length && seen.size < 70) {
        const at = open.shift();
        const shape = at.replace(/\/customers\/[^/?]+/, "/customers/:").replace(/=[^&]*/g, "=");
        if (seen.has(at) || [...seen].filter((one) => one.replace(/\/customers\/[^/?]+/, "/customers/:").replace(/=[^&]*/g, "=") === shape).length > 2) continue;
        seen.add(at);
        const answer = await page.context().request.get(site.base + at);
        const text = await answer.text();
        for (const [, code] of text.matchAll(/\/customers\/(\d{5,})/g)) if (!own.has(code)) wrong.push(`${at} links to ${code}`);
        for (const [code, name] of others) if (text.includes(`>${name}<`)) wrong.push(`${at} names ${name} (${code})`);
        if ((answer.headers()["content-type"] || "").includes("csv")) for (const [code] of others) if (new RegExp(`\\n${code};`).test(text)) wrong.push(`${at} holds ${code}`);
        if (!(answer.headers()["content-type"] || "").startsWith("text/html")) continue;
        for (const [, link] of text.matchAll(/(?:href|action)="(\/[^"#]*)"/g)) if (!/assets|signout|signin/.test(link)) open.push(link.replaceAll("&amp;", "&"));
    }
    assert.ok([...seen].some((at) => /^\/customers\/\d/.test(at)), `no customer was looked at: ${[...seen]}`);
    const [code, name] = others[0];
    const text = async (at) => (await (await page.context().request.get(site.base + at)).text()).replace(/<small>[^<]*<\/small>|<p class="quiet">.*/gs, "");
    for (const tail of ["", "/contact", "/persons/new", "/pdf", "/profile.pdf"]) {
        const theirs = await page.context().request.get(`${site.base}/customers/${code}${tail}`);
        assert.equal(theirs.status(), 404, `/customers/${code}${tail}`);
        assert.equal((await text(`/customers/${code}${tail}`)).replaceAll(code, "?"), (await text(`/customers/99999${tail}`)).replaceAll("99999", "?"));
    }
    for (const at of [`/customers?q=${encodeURIComponent(name)}`, `/customers?search=${code}`, `/customers.csv?q=${code}`, `/customers.csv?rep=R02`]) {
        const said = await (await page.context().request.get(site.base + at)).text();
        if (said.includes(`/customers/${code}`) || said.includes(`>${name}<`) || said.includes(`\n${code},`)) wrong.push(`${at} finds ${code}`);
    }
    assert.deepEqual([...new Set(wrong)], []);
    await page.context().close();
}

await main(before, after, an_agents_hour_by_keyboard_alone, a_customer_is_skipped_with_a_reason_by_keyboard, a_button_pressed_twice_and_a_page_left_by_mistake_lose_nothing, two_agents_never_hold_one_customer, the_second_of_two_who_edit_is_told, a_rep_finds_only_their_own_customers);

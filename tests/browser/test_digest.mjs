#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// A message of a rule of alerts as a rep reads it on a phone, in a doorway: nothing is wider than the screen, nothing scrolls within what
// scrolls, it can be read in the dark, and a thumb gets from it to the customer and to the form that logs the outcome.
import { assert, Browser, main, picture, Site, today } from "./browser.mjs";

const RULES = [
    [91, "Lista da manhã", 1 << 4, 1 << 1, 1], // soon inactive; to the rep
    [92, "Volumes de segunda", 1 << 6, 1 << 2, 2], // volumes; to the manager
];

function fill(site) {
    site.run("demo", "--db", "demo.db", "--customers", "400", "--years", "2", "--until", "2026-09-30");
    site.run("score", "--db", "demo.db", "--as-of", today);
}

async function before() {
    const site = await new Site({ fill }).start();
    const browser = await Browser.open();
    site.links = { rep: site.user("rita", "rep", "--rep", site.rows("SELECT l.code FROM label l JOIN customer c ON c.rep_id = l.id JOIN score s ON s.customer_id = c.id WHERE s.status = 3 GROUP BY l.code ORDER BY count(*) DESC LIMIT 1")[0]), manager: site.user("mara", "manager") };
    site.rows("UPDATE job SET state = 2 WHERE name LIKE 'alert:%'"); // they run when the test says so
    for (const [id, name, events, recipients, layout] of RULES) {
        site.rows(`INSERT INTO alert (id, name, events, ahead_days, idle_days, query, recipients, layout, channels, schedule, state, from_on, made_us, made_by, token) VALUES (${id}, '${name}', ${events}, 90, 5, '', ${recipients}, ${layout}, 2, 'workdays 07:30', 1, 0, 1, 'ana', 'rule${id}')`);
        site.rows(`INSERT INTO job (id, name, schedule, state) SELECT coalesce(max(id), 0) + 1, 'alert:${id}', 'workdays 07:30', 2 FROM job`);
        site.run("jobs", "run", `alert:${id}`, "--db", "demo.db", "--as-of", today);
    }
    return { site, browser };
}

async function after(shared) {
    await shared.browser.close();
    await shared.site.close();
}

/** The newest message opened from the menu's count, and its frame. */
async function opened(shared, who, options) {
    const page = await shared.browser.person(shared.site, shared.site.links[who], { width: 360, ...options });
    await page.goto(shared.site.base + "/");
    assert.ok(await page.locator("summary .unread").isVisible(), "the count is seen on a phone");
    await page.locator("main a[href='/notices']").click();
    await page.locator("main tbody a").first().click();
    await page.locator("iframe.shown").waitFor();
    const frame = page.frameLocator("iframe.shown");
    await frame.locator("h1").waitFor();
    return { page, frame };
}

const colours = (locator) => locator.evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element.ownerDocument.body).backgroundColor].map((text) => text.match(/\d+/g).slice(0, 3).map(Number)));
const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = ([a, b]) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);

async function fits(page, frame, words) {
    const inside = await frame.locator("html").evaluate((html) => ({ wide: html.scrollWidth, view: html.clientWidth, high: html.scrollHeight, seen: html.clientHeight }));
    assert.ok(inside.wide <= inside.view, `${words}: ${JSON.stringify(inside)}`);
    assert.ok(inside.high <= inside.seen + 1, `${words} scrolls within the page: ${JSON.stringify(inside)}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), words);
    assert.ok(contrast(await colours(frame.locator("h1"))) >= 4.5, `${words}: the heading can be read`);
    for (const small of await frame.locator("a[style*=block]").evaluateAll((links) => links.filter((link) => link.getBoundingClientRect().height < 44).map((link) => link.innerText))) assert.fail(`${words}: ${small} is too small for a thumb`);
    const image = frame.locator("img");
    if (await image.count()) assert.ok(await image.evaluate((img) => img.complete && img.naturalWidth > 300 && img.alt.length > 10), `${words}: the chart is there, and says its numbers`);
}

/** But for what the test itself does to look into a frame in which no script may run. */
const faults = (page) => page.faults.filter((fault) => !fault.includes("frame is sandboxed"));

async function a_rep_reads_and_acts_with_one_thumb(shared) {
    const { page, frame } = await opened(shared, "rep", {});
    await fits(page, frame, "light");
    await picture(page, "digest-rep-light");
    const name = frame.locator("h2 a").first();
    const title = await name.innerText();
    await frame.locator("a[href$='/contact']").first().click();
    await page.waitForURL(/\/customers\/[^/]+\/contact$/);
    await page.goBack();
    await frame.locator("h2 a").first().click();
    await page.waitForURL(/\/customers\/[^/]+$/);
    assert.ok((await page.locator("h1").first().innerText()).includes(title));
    assert.deepEqual(faults(page), []);
}

async function a_manager_reads_it_in_the_dark(shared) {
    const { page, frame } = await opened(shared, "manager", { dark: true, lang: "en-US" });
    await fits(page, frame, "dark");
    const [, ground] = await colours(frame.locator("h1"));
    assert.ok(light(ground) < 0.1, `dark where the device is: ${ground}`);
    assert.ok((await frame.locator("tbody tr").count()) > 3);
    await picture(page, "digest-team-dark");
    assert.deepEqual(faults(page), []);
}

await main(before, after, a_rep_reads_and_acts_with_one_thumb, a_manager_reads_it_in_the_dark);

// SPDX-License-Identifier: Apache-2.0
// Without signal: the pages that were seen of today and of the day's customers are shown again, marked with their time, and a
// contact or a note that is typed waits until it can be sent.
//
// Whose a kept page is, is told by the header of the answer (X-Reativa-Person). Invariants: only pages of the last person seen
// here are shown; another person, or signing out, clears them. What waits is sent with the token of its form, so that it counts
// once however often it is sent; what the server refuses stays, with its reason, until somebody looks at it.
import { each, put, remove } from "./outbox.js";

const SHELL = "reativa-shell-1", PAGES = "reativa-pages-";
const PERSON = "/worker/person"; // no address of the server's: a note to ourselves
const KEPT_MS = 36 * 3600 * 1000, FRESH_MS = 4 * 3600 * 1000, PAGES_MOST = 80, SHELL_MOST = 40;

const keepable = (url) => url.pathname === "/" || url.pathname === "/agenda" || /^\/customers\/[^/]+(\/contact)?$/.test(url.pathname);
const sendable = (url) => url.pathname === "/cockpit/log" || /^\/customers\/[^/]+\/(contact|notes)$/.test(url.pathname);
// Later the cockpit may have another customer at hand: a contact of its form is sent to its own customer, and takes nobody.
const sentTo = (url, code) => (new URL(url).pathname === "/cockpit/log" ? new URL(`/customers/${encodeURIComponent(code)}/contact`, url).href : url);

// ---- whose ----

const person = async () => {
    const note = await (await caches.open(SHELL)).match(PERSON);
    return note ? note.text() : "";
};

const forget = async (but) => {
    for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== PAGES + but) await caches.delete(name);
};

const meet = async (who) => {
    if ((await person()) === who) return;
    await forget(who);
    await (await caches.open(SHELL)).put(PERSON, new Response(who));
};

const leave = async () => {
    await forget("");
    await (await caches.open(SHELL)).delete(PERSON);
};

// ---- pages ----

const trim = async (cache, most) => {
    const keys = await cache.keys();
    for (const key of keys.slice(0, Math.max(0, keys.length - most))) if (new URL(key.url).pathname !== PERSON) await cache.delete(key);
};

const keep = async (request, answer) => {
    const who = answer.headers.get("X-Reativa-Person");
    if (new URL(answer.url).pathname === "/signin") return leave();
    if (!who) return;
    await meet(who);
    if (answer.status !== 200 || answer.redirected || !keepable(new URL(request.url))) return;
    const headers = new Headers(answer.headers);
    headers.set("X-Reativa-Kept", String(Date.now()));
    const cache = await caches.open(PAGES + who);
    await cache.delete(request.url);
    await cache.put(request.url, new Response(await answer.blob(), { status: 200, headers }));
    await trim(cache, PAGES_MOST);
};

const kept = async (request) => {
    const who = await person();
    const cache = who && (await caches.open(PAGES + who));
    const copy = cache && (await cache.match(request.url));
    const at = copy && Number(copy.headers.get("X-Reativa-Kept"));
    if (!copy || Date.now() - at > KEPT_MS) return (await caches.match("/offline")) || Response.error();
    const text = (await copy.text()).replace("<body", `<body data-kept="${at}"`);
    return new Response(text, { status: 200, headers: copy.headers });
};

const page = async (event) => {
    try {
        const answer = await fetch(event.request);
        // Of any page it is learnt whose it is; only what is kept is read twice.
        event.waitUntil(keep(event.request, keepable(new URL(event.request.url)) ? answer.clone() : answer));
        return answer;
    } catch {
        return kept(event.request);
    }
};

const asset = async (event) => {
    const cache = await caches.open(SHELL);
    const copy = await cache.match(event.request.url);
    if (copy) return copy;
    const answer = await fetch(event.request);
    if (answer.status === 200) event.waitUntil(cache.put(event.request.url, answer.clone()).then(() => trim(cache, SHELL_MOST)));
    return answer;
};

// The pages that the one on screen names: asked for once, so that they are there when the signal is not.
const prefetch = async (urls) => {
    const who = await person();
    if (!who) return;
    const cache = await caches.open(PAGES + who);
    for (const url of urls) {
        const copy = await cache.match(url);
        if (copy && Date.now() - Number(copy.headers.get("X-Reativa-Kept")) < FRESH_MS) continue;
        try {
            await keep({ url }, await fetch(url));
        } catch {
            return;
        }
    }
};

// ---- what was typed ----

const tell = async () => {
    for (const client of await self.clients.matchAll({ type: "window" })) client.postMessage("outbox");
};

const typed = async (event) => {
    const copy = event.request.clone();
    try {
        return await fetch(event.request);
    } catch {
        const who = await person(), fields = [...new URLSearchParams(await copy.text())];
        const value = (name) => fields.find((field) => field[0] === name)?.[1] || "";
        const token = value("token");
        const refuge = async () => (await caches.match("/offline")) || Response.error();
        if (!who || !token) return refuge();
        fields.push(["at", String(Date.now())]); // when they talked, not when it was sent
        await put({ token, who, url: sentTo(event.request.url, value("code")), at: Date.now(), from: event.request.referrer, fields, state: "waiting" });
        self.registration.sync?.register("outbox").catch(() => {});
        await tell();
        return event.request.mode === "navigate" ? Response.redirect("/offline#typed", 303) : refuge();
    }
};

// What the answer says is wrong, without its markup.
const reason = async (answer) => {
    const text = await answer.text(), said = [];
    for (const found of text.matchAll(/<(p|span) class="fault"[^>]*>([\s\S]*?)<\/\1>/g)) {
        const plain = found[2].replace(/<[^>]*>/g, "").trim();
        if (plain && !said.includes(plain)) said.push(plain);
    }
    return said.join(" ") || String(answer.status);
};

let sending = Promise.resolve();
const send = (csrf) => (sending = sending.then(() => sendAll(csrf), () => sendAll(csrf)));
const sendAll = async (csrf) => {
    const who = await person();
    for (const item of await each()) {
        if (item.who !== who || item.state !== "waiting") continue;
        const headers = { "Content-Type": "application/x-www-form-urlencoded" };
        if (csrf) headers["X-CSRF-Token"] = csrf;
        const answer = await fetch(item.url, { method: "POST", headers, body: new URLSearchParams(item.fields).toString() });
        if (new URL(answer.url).pathname === "/signin" || answer.status >= 500 || answer.status === 429) return;
        if (answer.status === 403 && !csrf) return; // of an earlier session: the next page brings a token
        if (answer.ok) await remove(item.token);
        else await put({ ...item, state: "refused", status: answer.status, why: await reason(answer) });
        await tell();
    }
};

// ---- what happens ----

self.addEventListener("install", (event) =>
    event.waitUntil(caches.open(SHELL).then((cache) => cache.add("/offline")).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("sync", (event) => event.waitUntil(send("")));
self.addEventListener("message", (event) => {
    if (event.data?.keep) event.waitUntil(prefetch(event.data.keep));
    if (event.data?.send) event.waitUntil(send(event.data.send).catch(() => {}));
});
self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (url.origin !== self.location.origin) return;
    if (event.request.method === "POST" && url.pathname === "/signout") {
        event.waitUntil(leave());
        event.respondWith(leave().then(() => fetch(event.request)));
    } else if (event.request.method === "POST" && sendable(url)) event.respondWith(typed(event));
    else if (event.request.method === "GET" && event.request.mode === "navigate") event.respondWith(page(event));
    else if (event.request.method === "GET" && url.pathname.startsWith("/assets/")) event.respondWith(asset(event));
});

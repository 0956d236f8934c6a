// SPDX-License-Identifier: Apache-2.0
// What a page does about a lost signal: it says when it is a kept copy, names the pages worth keeping, and shows what was typed and
// waits, or was refused. Its words stand in the page (#offline), in the person's language.
import { each, remove } from "./outbox.js";

const words = document.getElementById("offline")?.dataset;
const here = document.getElementById("said");

const line = (kind, text) => {
    const p = document.createElement("p");
    p.className = kind;
    p.textContent = text;
    here.append(p);
    return p;
};

const moment = (ms) => new Date(ms).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });

const person = async () => {
    const note = "caches" in window && (await caches.match("/worker/person"));
    return note ? note.text() : "";
};

const fresh = () =>
    btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

const showCopy = () => {
    const kept = Number(document.body.dataset.kept);
    if (!kept) return;
    line("kept", words.copy.replace("{0}", moment(kept)));
    // The same copy may be opened for two contacts: each counts once, as its own.
    for (const field of document.querySelectorAll("input[name=token]")) field.value = fresh();
};

// What was refused stays readable in full, so that nobody has to remember what they had typed.
const showRefused = (item) => {
    const box = line("fault", words.refused.replace("{0}", decodeURIComponent(item.url.split("/").at(-2))).replace("{1}", item.why));
    const list = document.createElement("dl");
    for (const field of item.fields) {
        const name = field[0], value = field[1];
        if (!value || ["csrf", "token", "at", "code"].includes(name)) continue;
        const dt = document.createElement("dt"), dd = document.createElement("dd");
        dt.textContent = name;
        dd.textContent = value;
        list.append(dt, dd);
    }
    const open = document.createElement("a"), drop = document.createElement("button");
    open.href = item.url.replace(/\/(contact|notes)$/, "");
    open.textContent = words.open;
    drop.type = "button";
    drop.className = "btn btn-sm";
    drop.textContent = words.drop;
    drop.addEventListener("click", async () => {
        await remove(item.token);
        box.remove();
    });
    box.append(list, open, " ", drop);
};

const showOutbox = async () => {
    const who = await person(), mine = (await each()).filter((item) => item.who === who);
    // From here on nothing waits: two that were called together must not both add their lines.
    for (const old of here.querySelectorAll("[data-outbox]")) old.remove();
    const before = here.childElementCount;
    const waiting = mine.filter((item) => item.state === "waiting");
    if (waiting.length) line("kept", words.waiting.replace("{0}", waiting.length));
    mine.filter((item) => item.state === "refused").forEach(showRefused);
    [...here.children].slice(before).forEach((node) => (node.dataset.outbox = ""));
};

const send = async () => {
    const ready = await navigator.serviceWorker.ready;
    ready.active?.postMessage({ send: document.body.dataset.csrf });
};

const keepPages = async () => {
    const named = [...new Set([...document.querySelectorAll("a[data-keep]")].map((a) => a.href))].slice(0, 15);
    const urls = named.flatMap((url) => (/\/customers\/[^/]+$/.test(url) ? [url, url + "/contact"] : [url]));
    const ready = await navigator.serviceWorker.ready;
    if (urls.length && !navigator.connection?.saveData) ready.active?.postMessage({ keep: urls });
};

export const offlineStart = () => {
    if (!("serviceWorker" in navigator) || !words || !here) return;
    showCopy();
    navigator.serviceWorker.addEventListener("message", (event) => event.data === "outbox" && showOutbox());
    showOutbox();
    if (!document.body.dataset.csrf) return;
    navigator.serviceWorker.register("/worker.js");
    addEventListener("online", send);
    if (document.body.dataset.kept) return;
    send();
    setTimeout(keepPages, 2000);
};

// SPDX-License-Identifier: Apache-2.0
// Forms on a slow line, and after a slip: one that is on its way is not sent again by a second press; what waits for an answer says
// so; what was typed into a form marked data-draft is there again after a link or the back button, for as long as the tab is open
// and the same person is signed in. Nothing of it is needed to work: the server counts a form once by itself.
const LOST_MS = 20000; // an answer that has not come by now will not: the button works again
const person = document.body.dataset.csrf || "";

// ---- on its way ----

let clock;
const waits = (on) => {
    document.body.toggleAttribute("data-waits", on);
    clearTimeout(clock);
    if (on) clock = setTimeout(() => waits(false), LOST_MS);
};

const once = (form) => {
    form.dataset.sent = "";
    setTimeout(() => delete form.dataset.sent, LOST_MS);
    waits(true);
};

const leaves = (event) => {
    const a = event.target.closest?.("a[href]");
    if (!a || event.button || event.ctrlKey || event.metaKey || event.shiftKey || a.origin !== location.origin) return;
    if (a.pathname + a.search === location.pathname + location.search || /\.\w+$/.test(a.pathname)) return; // a place on this page; a file
    waits(true);
};

// ---- drafts ----

const place = (form) => `draft ${person} ${new URL(form.action).pathname} ${form.elements.code?.value || ""}`;
const shown = (field) => field.name && !["hidden", "password", "radio", "checkbox", "submit"].includes(field.type);

const keep = (form) => {
    const typed = [...form.elements].filter(shown).map((field) => [field.name, field.value]);
    sessionStorage.setItem(place(form), JSON.stringify(typed));
};

// Only into what is empty: what came with the page is newer.
const restore = (form) => {
    for (const typed of JSON.parse(sessionStorage.getItem(place(form)) || "[]")) {
        const field = form.elements[typed[0]];
        if (typed[1] && field && shown(field) && !field.value) field.value = typed[1];
    }
};

const forget = () => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft ")) sessionStorage.removeItem(key);
};

export const formsStart = () => {
    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (event.defaultPrevented) return;
        if ("sent" in form.dataset) return event.preventDefault();
        if (form.action.endsWith("/signout")) forget();
        if (form.matches("[data-draft]")) sessionStorage.removeItem(place(form));
        if (form.method === "post") once(form);
        else waits(true);
    });
    document.addEventListener("click", (event) => event.defaultPrevented || leaves(event));
    document.addEventListener("input", (event) => event.target.form?.matches("[data-draft]") && keep(event.target.form));
    document.querySelectorAll("form[data-draft]").forEach(restore);
    addEventListener("pageshow", () => {
        waits(false);
        for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    });
    // A search that got no answer says so where the answer would stand.
    document.addEventListener("htmx:sendError", (event) => {
        const at = event.detail.target, words = document.getElementById("offline")?.dataset.lost;
        if (at && words && at.id === "found") at.replaceChildren(Object.assign(document.createElement("p"), { className: "quiet", textContent: words }));
    });
};

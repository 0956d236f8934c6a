// SPDX-License-Identifier: Apache-2.0
// The cockpit by keyboard. A key presses what carries it (data-key): a button, a link, or the outcome of the contact, and then
// stands where that outcome wants something said, else on the button that saves. While something is being typed a letter is a
// letter; Esc leaves the field. When the page goes away the server is told, so that the customer is soon free for others.
const cockpit = document.querySelector("[data-cockpit]");
const log = cockpit?.querySelector("[data-log]");
const needs = { later: "next_on", refused: "objection_id", closed: "reason_id" };

const typing = (at) => at.isContentEditable || at.matches("textarea, select, input:not([type=radio], [type=checkbox])");

const argue = () => {
    const chosen = log?.elements.objection_id.value;
    const box = log?.querySelector(".arguments");
    if (!box) return;
    for (const part of box.querySelectorAll("[data-objection]")) part.hidden = Boolean(chosen) && part.dataset.objection !== chosen;
    box.open = Boolean(chosen);
};

const choose = (radio) => {
    radio.checked = true;
    const field = needs[radio.value] && log.elements[needs[radio.value]];
    (field || log.querySelector("button[type=submit]")).focus();
};

const help = () => {
    const box = cockpit.querySelector("[data-help]");
    box.open = !box.open;
};

const press = (key) => {
    if (key === "?") return help(), true;
    if (key === "t" && log) return log.elements.note.focus(), true;
    const at = cockpit.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!at) return false;
    if (at.type === "radio") choose(at);
    else at.click();
    if (at.matches("summary")) at.parentElement.querySelector("input[name=why]").focus();
    return true;
};

document.addEventListener("keydown", (event) => {
    if (!cockpit || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    // To the page itself: a date's own parts would keep what is only blurred.
    if (event.key === "Escape") {
        cockpit.querySelector("[data-help]").open = false;
        return document.getElementById("main").focus();
    }
    if (typing(event.target)) return;
    if (event.key.length === 1 && press(event.key)) event.preventDefault();
});

log?.addEventListener("change", (event) => {
    if (event.target.name === "objection_id") argue();
});
argue();

const hold = cockpit?.querySelector("[data-hold]");
if (hold)
    window.addEventListener("pagehide", () => {
        const form = new URLSearchParams(new FormData(hold));
        form.set("leaving", "1");
        navigator.sendBeacon("/cockpit/hold", form);
    });

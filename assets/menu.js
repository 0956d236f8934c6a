// SPDX-License-Identifier: Apache-2.0
// What opens in the line at the top closes when one goes elsewhere, and with Escape; without script it stays open until pressed again.

export function menuStart() {
    const shut = (but) => {
        for (const one of document.querySelectorAll("header.bar details[open]"))
            if (!but || !one.contains(but)) one.open = false;
    };
    document.addEventListener("click", (event) => shut(event.target));
    document.addEventListener("focusin", (event) => shut(event.target));
    document.addEventListener("keydown", (event) => {
        const open = event.key === "Escape" && document.activeElement.closest("header.bar details[open]");
        if (!open) return;
        open.querySelector("summary").focus();
        shut();
    });
}

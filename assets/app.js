// SPDX-License-Identifier: Apache-2.0
// What every page runs: htmx with the token of the page's forms, forms that are sent once, and the service worker.
import htmx from "htmx.org/dist/htmx.esm.js";
import { formsStart } from "./forms.js";
import { shownStart } from "./shown.js";
import { menuStart } from "./menu.js";
import { offlineStart } from "./offline.js";

window.htmx = htmx;
document.addEventListener("htmx:configRequest", (event) => {
    if (document.body.dataset.csrf) event.detail.headers["X-CSRF-Token"] = document.body.dataset.csrf;
});
// A refused form comes back with what is wrong with it: it is shown like any other answer. What asks again and again by itself waits
// for a server that answers nobody just now.
document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status === 503 && event.detail.target.hasAttribute("data-patient")) return;
    if (status === 422 || status === 409 || status === 404 || status === 403 || status === 413 || status >= 500) {
        event.detail.shouldSwap = true;
        event.detail.isError = false;
    }
});
formsStart();
shownStart();
menuStart();
offlineStart();

// SPDX-License-Identifier: Apache-2.0
// Pages are asked of the network; without signal the page that says so is shown.
const OFFLINE = "reativa-offline-1";
self.addEventListener("install", (event) => event.waitUntil(caches.open(OFFLINE).then((cache) => cache.add("/offline")).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
    if (event.request.mode !== "navigate") return;
    event.respondWith(fetch(event.request).catch(() => caches.match("/offline")));
});

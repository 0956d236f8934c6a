// SPDX-License-Identifier: Apache-2.0
// What was typed without signal, by the token of its form; the service worker sends it, pages show it.
const open = () =>
    new Promise((done, failed) => {
        const request = indexedDB.open("reativa", 1);
        request.onupgradeneeded = () => request.result.createObjectStore("outbox", { keyPath: "token" });
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });

const within = async (mode, act) => {
    const db = await open();
    try {
        return await new Promise((done, failed) => {
            const change = db.transaction("outbox", mode), request = act(change.objectStore("outbox"));
            change.oncomplete = () => done(request.result);
            change.onerror = change.onabort = () => failed(change.error);
        });
    } finally {
        db.close();
    }
};

export const each = () => within("readonly", (store) => store.getAll());
export const put = (item) => within("readwrite", (store) => store.put(item));
export const remove = (token) => within("readwrite", (store) => store.delete(token));

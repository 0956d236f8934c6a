// SPDX-License-Identifier: Apache-2.0
// A frame with a message is as high as what it holds, so that one thing is scrolled and not two. Without script it scrolls by itself.

export function shownStart() {
    for (const frame of document.querySelectorAll("iframe[data-fit]")) {
        const fit = () => {
            const inside = frame.contentDocument && frame.contentDocument.body;
            if (inside) frame.style.height = `${Math.ceil(inside.getBoundingClientRect().height)}px`;
        };
        frame.addEventListener("load", fit);
        addEventListener("resize", fit);
        fit();
    }
}

// SPDX-License-Identifier: Apache-2.0
// Before the first paint: the theme that was chosen, else the device's.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => root.setAttribute("data-bs-theme", root.dataset.theme || (dark.matches ? "dark" : "light"));
dark.addEventListener("change", paint);
paint();

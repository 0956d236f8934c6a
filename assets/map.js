// SPDX-License-Identifier: Apache-2.0
// The maps: every element with data-at ("latitude,longitude") is a point, its data-name the word at it, a link to a customer in it
// the way there. Tiles come from the address in data-tiles; without one, or when they do not come, a grid with a scale is left.
// What a map shows stands in the page as text too.
import { circleMarker, control, DomUtil, GridLayer, latLngBounds, map as mapOf, tileLayer } from "leaflet";

const Grid = GridLayer.extend({ createTile: () => DomUtil.create("div", "map-cell") });
const ZOOM = 10, ZOOM_MOST = 18;

// One word a customer, a link where there is a way to it.
function wordOf(element) {
    const link = element.querySelector("a[href^='/customers/']"), line = document.createElement("div");
    const word = line.appendChild(document.createElement(link ? "a" : "span"));
    word.textContent = element.dataset.name;
    if (link) word.href = link.getAttribute("href");
    return line;
}

// Who is in the same municipality shares its point.
function pointOf(elements) {
    const here = elements.some((element) => "here" in element.dataset), words = document.createElement("div");
    words.className = "map-words";
    words.append(...elements.map(wordOf));
    return circleMarker(elements[0].dataset.at.split(",").map(Number), {
        radius: here ? 9 : 7, weight: 2, fillOpacity: 0.9, className: here ? "map-point map-here" : "map-point",
    }).bindPopup(words);
}

function pointsOf(elements) {
    const at = new Map();
    for (const element of elements) at.set(element.dataset.at, [...(at.get(element.dataset.at) ?? []), element]);
    return [...at.values()].map(pointOf);
}

function draw(field) {
    const data = field.dataset;
    const points = pointsOf(document.querySelectorAll("[data-at]"));
    if (points.length === 0) return;
    field.classList.add("drawn");
    field.setAttribute("role", "region");
    field.setAttribute("aria-label", data.label);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = mapOf(field, {
        zoomControl: false, attributionControl: false, scrollWheelZoom: false, maxZoom: ZOOM_MOST,
        zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
    });
    control.zoom({ zoomInTitle: data.larger, zoomOutTitle: data.smaller }).addTo(map);
    control.scale({ imperial: false, position: "topright" }).addTo(map);
    const named = control.attribution({ prefix: false }).addAttribution(data.source).addTo(map);
    new Grid().addTo(map);
    if (data.tiles) {
        tileLayer(data.tiles, { maxZoom: ZOOM_MOST }).addTo(map);
        named.addAttribution(data.wordTiles.replace("{0}", new URL(data.tiles, location.href).host));
    }
    // The one that is asked about lies over the others.
    const bounds = latLngBounds(points.map((point) => point.getLatLng()));
    if (points.length === 1) map.setView(points[0].getLatLng(), ZOOM);
    else map.fitBounds(bounds, { padding: [24, 24], maxZoom: ZOOM + 2, animate: false });
    for (const point of points.reverse()) point.addTo(map);
}

for (const field of document.querySelectorAll("[data-map]")) draw(field);

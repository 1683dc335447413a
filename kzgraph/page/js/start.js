// ---------------------------------------------------------------------------------------------
// Start: the first thing that a newcomer reads, and where to begin.
// ---------------------------------------------------------------------------------------------

function startPanel() {
  const described = [...nodes.values()].filter((node) => node.claims).length;
  const against = claims.filter((claim) => claim.against).length;
  const figure = (number, word) => el("div", {}, el("b", {}, String(number)), el("span", {}, word));
  return [
    el("h2", { class: "big", tabindex: "-1" }, "Who says what about whom"),
    el(
      "p",
      {},
      `Each shape is somebody or something that ${count(DATA.documents.length, "document speaks", "documents speak")} of; ` +
        "each line is a claim that somebody makes. This graph does not say what is true: it shows who claims it, in which words, and on whose word.",
    ),
    el(
      "div",
      { class: "figures" },
      figure(claims.length, claims.length === 1 ? "claim" : "claims"),
      figure(described, "subjects"),
      figure(documents.size, documents.size === 1 ? "document" : "documents"),
      figure(against, "say “it is not so”"),
    ),
    el(
      "ul",
      { class: "how" },
      el("li", {}, lineSample("asserted"), " somebody says that it is so"),
      el("li", {}, lineSample("against"), " denied, or said not to be so"),
      el(
        "li",
        {},
        "Choose a shape, a line or a name to read the words; choose a shape twice to see only what is tied to it.",
      ),
    ),
    startList("Most claimed about: people", byFamily("person")),
    startList("Events", byFamily("event")),
    startList("Organisations and groups", byFamily("organisation", "group")),
    startList(
      "Those who speak",
      [...nodes.values()].filter((n) => n.said.length).sort((a, b) => b.said.length - a.said.length),
      "said",
    ),
    conflictList(),
    deniedList(),
  ];
}

/** Gives a share as a small bar. */
function bar(share) {
  const rect = (width, name) => svg("rect", { width, height: 6, rx: 3, class: name });
  return svg(
    "svg",
    { viewBox: "0 0 52 6", class: "bar-chart", "aria-hidden": "true" },
    rect(52, "whole"),
    rect(Math.max(3, 52 * share).toFixed(1), "part"),
  );
}

const byFamily = (...wanted) =>
  [...nodes.values()]
    .filter((n) => wanted.includes(n.family) && n.claims)
    .sort((a, b) => b.claims - a.claims || (a.label < b.label ? -1 : 1));

function startList(title, ranked, by = "about") {
  const top = ranked.slice(0, 5);
  if (!top.length) return null;
  const most = top[0][by].length;
  return el(
    "section",
    { class: "start" },
    el("h3", {}, title),
    el(
      "ul",
      {},
      top.map((node) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "row", click: () => goTo({ node }) },
            glyph(node.family),
            own(node.label, { class: "name" }),
            bar(node[by].length / most),
            el("span", { class: "number" }, claimCount(node[by].length)),
          ),
        ),
      ),
    ),
  );
}

function deniedList() {
  const denied = edges
    .filter((edge) => !edge.speech && edge.claims.some((claim) => claim.against))
    .sort((a, b) => b.claims.length - a.claims.length || (a.id < b.id ? -1 : 1))
    .slice(0, 5);
  if (!denied.length) return null;
  return el(
    "section",
    { class: "start" },
    el("h3", {}, "Denied, or said not to be so"),
    el(
      "ul",
      {},
      denied.map((edge) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "row", click: () => goTo({ edge }) },
            own(edgeText(edge), { class: "name" }),
          ),
        ),
      ),
    ),
  );
}

const edgeText = (edge) => `${edge.from.label} — ${edge.label} — ${edge.to.label}`;

// ---------------------------------------------------------------------------------------------
// Legend: what the shapes and lines mean, how many there are, and switches for each.
// ---------------------------------------------------------------------------------------------

function drawLegend() {
  const present = (facet, key) =>
    facet === "family" ? [...nodes.values()].some((n) => n.family === key) : claims.some((c) => c[facet] === key);
  const rows = (facet, list) =>
    list.filter(([key]) => present(facet, key)).map(([key, ...words]) => legendRow(facet, key, words));
  $("#legend").replaceChildren(
    section(
      "Shapes",
      rows(
        "family",
        DATA.families.map((f) => [f.id, glyph(f.id), f.many]),
      ),
      "family",
    ),
    section(
      "How it is said",
      rows(
        "modality",
        MODALITIES.map((m) => [m, MODALITY_WORDS[m]]),
      ),
    ),
    section(
      "Disputed",
      conflicts.length
        ? rows(
            "dispute",
            DISPUTES.map((d) => [d, d === "none" ? null : disputeSign(d), DISPUTE_NAMES[d]]),
          )
        : [],
      "dispute",
    ),
    section(
      "Yes or no",
      rows(
        "polarity",
        POLARITIES.map((p) => [p, POLARITY_WORDS[p]]),
      ),
    ),
    section(
      "Documents",
      rows(
        "doc",
        DATA.documents.map((d) => [d.id, own(d.title, { title: plain(d.title) })]),
      ),
      "doc",
    ),
    section("Lines", lineKey()),
    hubNote(),
  );
  updateLegend();
}

/** A group of switches; where there are many, one button turns all on or off. */
function section(title, rows, facet = null) {
  if (!rows.length) return "";
  const all =
    facet &&
    rows.length > 2 &&
    el("button", { type: "button", class: "all", click: () => toggleAll(facet) }, "all / none");
  return el("fieldset", {}, el("legend", {}, title), all, rows);
}

function legendRow(facet, key, words) {
  const box = el("input", {
    type: "checkbox",
    "data-facet": facet,
    "data-key": key,
    change: (event) => {
      event.target.checked ? filters[facet].delete(key) : filters[facet].add(key);
      refreshAll({ say: true });
    },
  });
  return el(
    "label",
    { class: "row" },
    box,
    words.map((word) => (typeof word === "string" ? el("span", { class: "name" }, word) : word)),
    el("span", { class: "number" }),
  );
}

function toggleAll(facet) {
  const keys = [...document.querySelectorAll(`#legend [data-facet="${facet}"]`)].map((box) => box.dataset.key);
  if (filters[facet].size) filters[facet].clear();
  else keys.forEach((key) => filters[facet].add(key));
  refreshAll({ say: true });
}

function lineKey() {
  const speech = el("input", {
    type: "checkbox",
    id: "speech",
    change: (event) => {
      filters.speech = event.target.checked;
      refreshAll();
    },
  });
  const tones = ["asserted", "alleged", "foreseen", "against", "mixed"].filter((tone) =>
    edges.some((edge) => toneOf({ ...edge, live: edge.claims }) === tone),
  );
  const rows = tones.map((tone) =>
    el("p", { class: "row" }, lineSample(tone), el("span", { class: "name" }, TONE_WORDS[tone])),
  );
  for (const status of Object.keys(TICKS))
    if (edges.some((edge) => !edge.speech && disputeOf(edge.claims) === status))
      rows.push(
        el("p", { class: "row" }, disputeSign(status, true), el("span", { class: "name" }, DISPUTE_WORDS[status])),
      );
  if (edges.some((edge) => edge.speech)) {
    rows.push(
      el(
        "label",
        { class: "row" },
        speech,
        lineSample("speech"),
        el("span", { class: "name" }, "Who speaks about whom"),
      ),
    );
  }
  return rows;
}

function hubNote() {
  const hubs = [...nodes.values()].filter((node) => node.hub);
  if (!hubs.length) return "";
  return el(
    "p",
    { class: "hint" },
    "Lines of ",
    hubs.map((node, i) => [i ? ", " : "", nodeLink(node.id)]),
    " are faint until chosen: so many things are tied to them.",
  );
}

/** How much there is in all, for a legend that counts a part. */
const totals = { family: {} };
for (const { family } of nodes.values()) totals.family[family] = (totals.family[family] ?? 0) + 1;
for (const [facet, read] of Object.entries(CLAIM_FACETS)) {
  totals[facet] = {};
  for (const claim of claims) totals[facet][read(claim)] = (totals[facet][read(claim)] ?? 0) + 1;
}

function updateLegend() {
  for (const box of document.querySelectorAll("#legend [data-facet]")) {
    const { facet, key } = box.dataset;
    const number = shown.counts[facet][key] ?? 0;
    box.checked = !filters[facet].has(key);
    const row = box.closest("label");
    row.querySelector(".number").textContent = overview() ? `${number} of ${totals[facet][key] ?? 0}` : number;
    row.classList.toggle("off", !box.checked);
    row.classList.toggle("empty", !number);
  }
  const speech = $("#speech");
  if (speech) speech.checked = filters.speech;
  $("#reset").hidden = !filtersActive();
  if (backbone) {
    $("#reset").textContent = !filters.scope ? "Clear the filters" : filters.all ? "Show all" : "Back to the overview";
    $("#part").hidden = Boolean(filters.scope) || state.view !== "graph";
    $("#part").textContent = filters.all ? `Show the ${backbone} most claimed about` : `Show all ${nodes.size}`;
  }
  const text = `${overview() ? "Most claimed about: " : ""}${count(shown.nodes.size, "node", "nodes")} of ${nodes.size}, ${claimCount(shown.claims.size)} of ${claims.length}`;
  $("#status-text").textContent = text;
  return text;
}

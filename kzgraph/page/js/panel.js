// ---------------------------------------------------------------------------------------------
// Panel: what is claimed about a node or by an edge, each claim with its words and its chain.
// ---------------------------------------------------------------------------------------------

const FIRST_CARDS = 40;

function drawPanel() {
  const body = $("#panel-body");
  named.clear();
  const parts = state.edge ? edgePanel(state.edge) : state.node ? nodePanel(state.node) : startPanel();
  body.replaceChildren(...parts.filter(Boolean));
  $("#panel").scrollTop = 0;
  $("#home").hidden = !(state.node || state.edge);
}

// --- A node ---

function nodePanel(node) {
  const short = clip(plain(node.label), 48);
  const live = (list) => list.filter((claim) => passes(claim));
  const hidden = [...new Set([...node.about, ...node.said, ...node.placed, ...node.reports])].filter(
    (claim) => !passes(claim),
  ).length;
  const tied = new Set(node.edges.flatMap((edge) => [edge.from, edge.to]));
  const beyond = overview() ? [...tied].filter((other) => !other.first).length : 0;
  return [
    el(
      "div",
      { class: "kind" },
      glyph(node.family),
      el("span", {}, own(node.type)),
      node.type.toLowerCase() !== families.get(node.family).one.toLowerCase() &&
        el("span", { class: "family" }, families.get(node.family).one),
    ),
    el("h2", { class: "big", tabindex: "-1" }, own(node.label)),
    node.described && el("p", { class: "described" }, own(node.described)),
    nameList(node),
    node.same &&
      el(
        "p",
        { class: "same" },
        "Elsewhere: ",
        node.same.map((iri, i) => [i ? ", " : "", outside(iri)]),
      ),
    nodeActions(node),
    beyond > 0 &&
      el("p", { class: "hint" }, `The overview leaves out ${beyond} of what is tied to it; “1 step” shows all.`),
    hidden > 0 && el("p", { class: "hint" }, `${claimCount(hidden)} hidden by the filters.`),
    group(`Claimed about ${short}`, live(node.about), node, true),
    group(`Said by ${short}`, live(node.said), node),
    group("Placed here", live(node.placed), node),
    group("Reported in it", live(node.reports), node),
    !node.claims &&
      !node.said.length &&
      !node.reports.length &&
      el("p", { class: "hint" }, "No claim in these documents is about it."),
  ];
}

function nameList(node) {
  const names = new Map();
  for (const name of node.names ?? []) {
    if (name.kind === "preferred" && name.text === node.label) continue;
    const same = names.get(`${name.text}|${name.kind}`);
    if (same) same.langs.push(name.lang);
    else names.set(`${name.text}|${name.kind}`, { ...name, langs: [name.lang] });
  }
  if (!names.size) return null;
  return el(
    "ul",
    { class: "names", "aria-label": "Names" },
    [...names.values()].map((name) => {
      const where = (name.in ?? []).map((id) => documents.get(id)?.title ?? id).join("; ");
      const misspelt = name.kind === "misspelling";
      return el(
        "li",
        { class: misspelt ? "misspelt" : null },
        own(name.text, { lang: name.lang }),
        el(
          "small",
          {},
          [...name.langs, name.kind].filter(Boolean).join(", "),
          where && (misspelt ? ", so printed in " : ", in "),
          where && own(where),
        ),
      );
    }),
  );
}

/** Links out only to the web; any other address is shown as text. */
function outside(iri) {
  if (!/^https?:\/\//.test(iri)) return own(iri);
  const text = plain(iri).replace(/^https?:\/\/(www\.)?/, "");
  return el("a", { href: iri, rel: "noreferrer noopener external", target: "_blank" }, text);
}

function nodeActions(node) {
  const around = filters.scope?.roots.includes(node.id) ? filters.scope.hops : 0;
  const pressed = (hops) => (hops ? around === hops : !filters.scope && !overview());
  const button = (hops, words) =>
    el(
      "button",
      {
        type: "button",
        "data-hops": hops,
        "aria-pressed": String(pressed(hops)),
        click: () => {
          showAround(node, hops);
          $(`.actions [data-hops="${hops}"]`)?.focus();
        },
      },
      words,
    );
  return el(
    "div",
    { class: "actions", role: "group", "aria-label": "How much to show" },
    node.first && el("button", { type: "button", "aria-pressed": String(overview()), click: showOverview }, "Overview"),
    button(0, "Whole graph"),
    button(1, "1 step"),
    button(2, "2 steps"),
  );
}

/** Gives the claims of a node under a heading; by predicate where there are several. */
function group(title, list, node, byPredicate = false) {
  if (!list.length) return null;
  const details = el(
    "details",
    { class: "group", open: true },
    el("summary", {}, el("h3", {}, title), el("span", { class: "number" }, String(list.length))),
  );
  const cards = [];
  if (byPredicate) {
    const order = new Map();
    for (const claim of list) {
      const key = claim.s === node.id ? claim.p : `${claim.p} ←`;
      if (!order.has(key)) order.set(key, []);
      order.get(key).push(claim);
    }
    for (const [key, same] of order) {
      cards.push(() =>
        el(
          "h4",
          {},
          key.endsWith("←") ? [el("span", {}, "… — "), own(key.slice(0, -2)), " — this"] : own(key),
          el("span", { class: "number" }, String(same.length)),
        ),
      );
      cards.push(...same.map((claim) => () => claimCard(claim)));
    }
  } else cards.push(...list.map((claim) => () => claimCard(claim)));
  appendSome(details, cards);
  return details;
}

/** Adds the first cards, and the rest when asked for. */
function appendSome(parent, cards) {
  parent.append(...cards.slice(0, FIRST_CARDS).map((make) => make()));
  const rest = cards.slice(FIRST_CARDS);
  if (!rest.length) return;
  const more = el(
    "button",
    {
      type: "button",
      class: "more",
      click: () => {
        more.remove();
        parent.append(...rest.map((make) => make()));
      },
    },
    `Show ${rest.length} more`,
  );
  parent.append(more);
}

// --- An edge ---

function edgePanel(edge) {
  const live = edge.claims.filter((claim) => passes(claim)),
    disputed = edge.speech ? null : disputeOf(live.length ? live : edge.claims);
  return [
    el(
      "div",
      { class: "kind" },
      lineSample(toneOf({ ...edge, live: live.length ? live : edge.claims })),
      el("span", {}, edge.speech ? "Who speaks about whom" : TONE_WORDS[edge.tone ?? "asserted"]),
      disputed && [disputeSign(disputed), el("span", {}, DISPUTE_WORDS[disputed])],
    ),
    el(
      "h2",
      { class: "big triple", tabindex: "-1" },
      nodeLink(edge.from.id),
      el("span", { class: "predicate" }, " — ", own(edge.label), " — "),
      nodeLink(edge.to.id),
    ),
    el(
      "div",
      { class: "group" },
      el("h3", {}, claimCount(live.length)),
      live.map((claim) => claimCard(claim)),
    ),
    live.length < edge.claims.length &&
      el("p", { class: "hint" }, `${claimCount(edge.claims.length - live.length)} hidden by the filters.`),
  ];
}

const TONE_WORDS = {
  asserted: "Asserted",
  alleged: "Alleged",
  foreseen: "Projected or recommended",
  against: "Denied, or said not to be so",
  mixed: "Some say so, some say not",
  speech: "Speaks about",
};

// ---------------------------------------------------------------------------------------------
// Panel: what is claimed about a node or by an edge, each claim with its words and its chain.
// ---------------------------------------------------------------------------------------------

const FIRST_CARDS = 40;

/** The claims whose card bears the id; a claim in two groups has two cards. */
const named = new Set();

function drawPanel() {
  const body = $("#panel-body");
  named.clear();
  const parts = state.edge ? edgePanel(state.edge) : state.node ? nodePanel(state.node) : startPanel();
  body.replaceChildren(...parts.filter(Boolean));
  $("#panel").scrollTop = 0;
  $("#home").hidden = !(state.node || state.edge);
}

// --- The first thing a newcomer reads ---

function startPanel() {
  const described = [...nodes.values()].filter((node) => node.claims).length;
  const against = claims.filter((claim) => claim.against).length;
  const figure = (number, word) => el("div", {}, el("b", {}, String(number)), el("span", {}, word));
  return [
    el("h2", { class: "big", tabindex: "-1" }, "Who says what about whom"),
    el("p", {}, `Each shape is somebody or something that ${count(DATA.documents.length, "document speaks", "documents speak")} of; ` +
      "each line is a claim that somebody makes. This graph does not say what is true: it shows who claims it, in which words, and on whose word."),
    el("div", { class: "figures" }, figure(claims.length, claims.length === 1 ? "claim" : "claims"), figure(described, "subjects"),
      figure(documents.size, documents.size === 1 ? "document" : "documents"), figure(against, "say “it is not so”")),
    el("ul", { class: "how" },
      el("li", {}, lineSample("asserted"), " somebody says that it is so"),
      el("li", {}, lineSample("against"), " denied, or said not to be so"),
      el("li", {}, "Choose a shape, a line or a name to read the words; choose a shape twice to see only what is tied to it.")),
    startList("Most claimed about: people", byFamily("person")),
    startList("Events", byFamily("event")),
    startList("Organisations and groups", byFamily("organisation", "group")),
    startList("Those who speak", [...nodes.values()].filter((n) => n.said.length).sort((a, b) => b.said.length - a.said.length), "said"),
    disputedList(),
  ];
}

/** Gives a share as a small bar. */
function bar(share) {
  const rect = (width, name) => svg("rect", { width, height: 6, rx: 3, class: name });
  return svg("svg", { viewBox: "0 0 52 6", class: "bar-chart", "aria-hidden": "true" }, rect(52, "whole"), rect(Math.max(3, 52 * share).toFixed(1), "part"));
}

const byFamily = (...wanted) =>
  [...nodes.values()].filter((n) => wanted.includes(n.family) && n.claims).sort((a, b) => b.claims - a.claims || (a.label < b.label ? -1 : 1));

function startList(title, ranked, by = "about") {
  const top = ranked.slice(0, 5);
  if (!top.length) return null;
  const most = top[0][by].length;
  return el("section", { class: "start" }, el("h3", {}, title), el("ul", {}, top.map((node) =>
    el("li", {}, el("button", { type: "button", class: "row", click: () => goTo({ node }) },
      glyph(node.family), own(node.label, { class: "name" }), bar(node[by].length / most),
      el("span", { class: "number" }, claimCount(node[by].length)))))));
}

function disputedList() {
  const disputed = edges.filter((edge) => !edge.speech && edge.claims.some((claim) => claim.against))
    .sort((a, b) => b.claims.length - a.claims.length || (a.id < b.id ? -1 : 1)).slice(0, 5);
  if (!disputed.length) return null;
  return el("section", { class: "start" }, el("h3", {}, "Denied, or said not to be so"), el("ul", {}, disputed.map((edge) =>
    el("li", {}, el("button", { type: "button", class: "row", click: () => goTo({ edge }) }, own(edgeText(edge), { class: "name two" }))))));
}

const edgeText = (edge) => `${edge.from.label} — ${edge.label} — ${edge.to.label}`;

// --- A node ---

function nodePanel(node) {
  const live = (list) => list.filter((claim) => passes(claim));
  const hidden = [...new Set([...node.about, ...node.said, ...node.placed, ...node.reports])].filter((claim) => !passes(claim)).length;
  return [
    el("div", { class: "kind" }, glyph(node.family), el("span", {}, own(node.type)), node.type.toLowerCase() !== families.get(node.family).one.toLowerCase() && el("span", { class: "family" }, families.get(node.family).one)),
    el("h2", { class: "big", tabindex: "-1" }, own(node.label)),
    node.described && el("p", { class: "described" }, own(node.described)),
    nameList(node),
    node.same && el("p", { class: "same" }, "Elsewhere: ", node.same.map((iri, i) => [i ? ", " : "", outside(iri)])),
    nodeActions(node),
    hidden > 0 && el("p", { class: "hint" }, `${claimCount(hidden)} hidden by the filters.`),
    group("Claimed about it", live(node.about), node, true),
    group("Said by it", live(node.said), node),
    group("Placed here", live(node.placed), node),
    group("Reported in it", live(node.reports), node),
    !node.claims && !node.said.length && !node.reports.length && el("p", { class: "hint" }, "No claim in these documents is about it."),
  ];
}

function nameList(node) {
  const seen = new Set([node.label]);
  const names = (node.names ?? []).filter((name) => name.kind === "misspelling" || !seen.has(name.text) || name.lang !== "en");
  if (!names.length) return null;
  return el("ul", { class: "names", "aria-label": "Names" }, names.map((name) => {
    const where = (name.in ?? []).map((id) => documents.get(id)?.title ?? id).join("; ");
    const misspelt = name.kind === "misspelling";
    return el("li", { class: misspelt ? "misspelt" : null }, own(name.text, { lang: name.lang }),
      el("small", {}, [name.lang, name.kind].filter(Boolean).join(", "), where && (misspelt ? ", so printed in " : ", in "), where && own(where)));
  }));
}

/** Links out only to the web; any other address is shown as text. */
function outside(iri) {
  if (!/^https?:\/\//.test(iri)) return own(iri);
  const text = plain(iri).replace(/^https?:\/\/(www\.)?/, "");
  return el("a", { href: iri, rel: "noreferrer noopener external", target: "_blank" }, text);
}

function nodeActions(node) {
  const around = filters.scope?.roots.includes(node.id) ? filters.scope.hops : 0;
  const pressed = (hops) => (hops ? around === hops : !filters.scope);
  const button = (hops, words) => el("button", { type: "button", "data-hops": hops, "aria-pressed": String(pressed(hops)), click: () => {
    showAround(node, hops);
    $(`.actions [data-hops="${hops}"]`)?.focus();
  } }, words);
  return el("div", { class: "actions", role: "group", "aria-label": "How much to show" },
    button(0, "Whole graph"), button(1, "1 step"), button(2, "2 steps"));
}

/** Gives the claims of a node under a heading; by predicate where there are several. */
function group(title, list, node, byPredicate = false) {
  if (!list.length) return null;
  const details = el("details", { class: "group", open: true }, el("summary", {}, el("h3", {}, title), el("span", { class: "number" }, String(list.length))));
  const cards = [];
  if (byPredicate) {
    const order = new Map();
    for (const claim of list) {
      const key = claim.s === node.id ? claim.p : `${claim.p} ←`;
      if (!order.has(key)) order.set(key, []);
      order.get(key).push(claim);
    }
    for (const [key, same] of order) {
      cards.push(() => el("h4", {}, key.endsWith("←") ? [el("span", { class: "muted" }, "… "), own(key.slice(0, -2)), " it"] : own(key), el("span", { class: "number" }, String(same.length))));
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
  const more = el("button", { type: "button", class: "more", click: () => { more.remove(); parent.append(...rest.map((make) => make())); } }, `Show ${rest.length} more`);
  parent.append(more);
}

// --- An edge ---

function edgePanel(edge) {
  const live = edge.claims.filter((claim) => passes(claim));
  return [
    el("div", { class: "kind" }, lineSample(toneOf({ ...edge, live: live.length ? live : edge.claims })), el("span", {}, edge.speech ? "Who speaks about whom" : TONE_WORDS[edge.tone ?? "asserted"])),
    el("h2", { class: "big triple", tabindex: "-1" }, nodeLink(edge.from.id), el("span", { class: "predicate" }, " — ", own(edge.label), " — "), nodeLink(edge.to.id)),
    el("div", { class: "group" }, el("h3", {}, claimCount(live.length)), live.map((claim) => claimCard(claim))),
    live.length < edge.claims.length && el("p", { class: "hint" }, `${claimCount(edge.claims.length - live.length)} hidden by the filters.`),
  ];
}

const TONE_WORDS = {
  asserted: "Asserted", alleged: "Alleged", foreseen: "Projected or recommended", against: "Denied, or said not to be so",
  mixed: "Some say so, some say not", speech: "Speaks about",
};

// --- A claim ---

/** Gives what marks a claim off from a plain assertion; ``rest`` leaves out what is asserted or denied. */
function badges(claim, rest = false) {
  const list = [];
  if (!rest && claim.modality !== "asserted") list.push([claim.modality, MODALITY_WORDS[claim.modality]]);
  if (!rest && claim.negative) list.push(["not", "Not so"]);
  if (claim.valence) list.push([`valence-${claim.valence}`, { positive: "Praises", negative: "Criticises", mixed: "Mixed judgement" }[claim.valence] ?? claim.valence]);
  if (claim.certainty) list.push(["certainty", claim.certainty]);
  if (claim.voice === "direct") list.push(["voice", "Direct speech"]);
  return list.map(([kind, words]) => el("span", { class: `badge ${kind.replace(/[^a-z-]/g, "")}` }, own(words)));
}

function chain(claim) {
  const arrow = () => el("span", { class: "then", role: "img", "aria-label": "relying on" }, " → ");
  const rest = claim.by.length ? claim.by.map((id) => [arrow(), nodeLink(id)]) : [" — ", el("em", {}, "the document itself")];
  return el("p", { class: "chain" }, el("span", { class: "sr" }, "Who says so: "), documentLink(claim), rest);
}

const documentLink = (claim) => (nodes.has(claim.doc) ? nodeLink(claim.doc) : own(documentTitle(claim)));
const timeText = (claim) => [claim.when, claim.words && `“${plain(claim.words)}”`, claim.inferred && "(inferred)"].filter(Boolean).join(" ");

function claimCard(claim) {
  const marks = badges(claim), when = timeText(claim), id = named.has(claim) ? null : `claim-${claim.id}`;
  named.add(claim);
  return el("article", { class: `card${claim.against ? " against" : ""}${state.claim === claim ? " chosen" : ""}`, id },
    (marks.length > 0 || when) && el("p", { class: "marks" }, marks, when && el("time", {}, own(when))),
    el("p", { class: "statement" }, own(claim.text)),
    claim.value && el("p", { class: "value" }, own(claim.p), ": ", own(claim.value.text, { lang: claim.value.lang }), claim.value.printed && [" (printed “", own(claim.value.printed), "”)"]),
    claim.quote && el("blockquote", {}, "“", own(claim.quote), "”"),
    chain(claim),
    el("p", { class: "meta" }, `Characters ${claim.at[0]}–${claim.at[1]} of the document`),
    el("details", { class: "more-about" }, el("summary", {}, "All about this claim"), facts(claim)));
}

/** Gives a button to the line that a claim is part of, for those who cannot point at it. */
function lineLink(claim) {
  const line = claim.o && edgesById.get([claim.s, claim.p, claim.o].join("|"));
  if (!line || line === state.edge) return null;
  return el("span", {}, " (", el("button", { class: "link", type: "button", click: () => goTo({ edge: line }) }, "all claims of this line"), ")");
}

function facts(claim) {
  const listed = (ids) => ids.map((id, i) => [i ? ", " : "", nodeLink(id)]);
  const doc = documents.get(claim.doc);
  const rows = [
    ["Says", [nodeLink(claim.s), " — ", own(claim.p), " — ", claim.o ? nodeLink(claim.o) : own(claim.value.text), lineLink(claim)]],
    ["How", `${MODALITY_WORDS[claim.modality] ?? claim.modality}; ${POLARITY_WORDS[claim.polarity].toLowerCase()}; ${claim.voice} voice`],
    ["Holds at", claim.when && (claim.inferred && claim.inferred !== "true" ? `${claim.when}, inferred: ${plain(claim.inferred)}` : claim.when)],
    ["Said", claim.said], ["Where", claim.where && nodeLink(claim.where)],
    ["Topics", claim.topics && listed(claim.topics)], ["Cites", claim.cites && listed(claim.cites)],
    ["Document", [own(doc.title), doc.authors && [", ", own(doc.authors)], doc.by && [", ", own(doc.by)], doc.issued && `, ${plain(doc.issued)}`]],
    ["Note", claim.note && own(claim.note)],
    ["Claim", el("a", { href: `#c=${encodeURIComponent(claim.id)}` }, own(claim.id))],
    ["SHA-256 of the words", claim.sha && el("code", {}, plain(claim.sha))],
  ];
  return el("dl", {}, rows.filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

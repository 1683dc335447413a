// ---------------------------------------------------------------------------------------------
// Model: the data of the page, what is filtered, and what follows from both.
// ---------------------------------------------------------------------------------------------

const DATA = JSON.parse(document.getElementById("data").textContent);

const nodes = new Map(DATA.nodes.map((node) => [node.id, node]));
const documents = new Map(DATA.documents.map((doc) => [doc.id, doc]));
const claims = DATA.claims;
const families = new Map(DATA.families.map((family) => [family.id, family]));
const claimsById = new Map(claims.map((claim) => [claim.id, claim]));

const MODALITIES = ["asserted", "alleged", "denied", "projected", "recommended"];
const MODALITY_WORDS = {
  asserted: "Asserted",
  alleged: "Alleged",
  denied: "Denied",
  projected: "Projected",
  recommended: "Recommended",
};
const POLARITIES = ["positive", "negative"];
const POLARITY_WORDS = { positive: "Says that it is so", negative: "Says that it is not so" };

const edges = DATA.edges.map((edge) => ({
  id: [edge.from, edge.label, edge.to].join("|"),
  from: nodes.get(edge.from),
  to: nodes.get(edge.to),
  label: edge.label,
  speech: Boolean(edge.speech),
  claims: edge.claims.map((index) => claims[index]),
}));
const edgesById = new Map(edges.map((edge) => [edge.id, edge]));

for (const node of nodes.values()) Object.assign(node, { edges: [], about: [], said: [], placed: [], reports: [] });
for (const claim of claims) {
  claim.modality ??= "asserted";
  claim.polarity = claim.negative ? "negative" : "positive";
  claim.against = claim.negative || claim.modality === "denied";
  claim.by ??= [];
  nodes.get(claim.s).about.push(claim);
  if (claim.o && claim.o !== claim.s) nodes.get(claim.o).about.push(claim);
  for (const speaker of new Set(claim.by)) nodes.get(speaker).said.push(claim);
  nodes.get(claim.where)?.placed.push(claim);
  nodes.get(claim.doc)?.reports.push(claim);
}
/** Who says otherwise: each conflict with its sides, the genuine first; a side elsewhere than on the page is told in words. */
const conflicts = DATA.conflicts.map((conflict) => ({
  ...conflict,
  sides: conflict.sides.map((side) => (typeof side === "number" ? claims[side] : { modality: "asserted", ...side })),
}));
const DISPUTES = ["genuine", "unresolved", "explained", "none"];
const DISPUTE_NAMES = {
  genuine: "Genuine",
  unresolved: "Unresolved",
  explained: "Only seems so",
  none: "No conflict",
};
const DISPUTE_WORDS = {
  genuine: "In a genuine conflict",
  unresolved: "In an unresolved conflict",
  explained: "Only looks like a conflict",
};
for (const claim of claims) Object.assign(claim, { conflicts: [], dispute: "none" });
for (const conflict of conflicts)
  for (const side of conflict.sides.filter(here)) {
    side.conflicts.push(conflict);
    if (side.dispute === "none") side.dispute = conflict.status;
  }
for (const support of DATA.supports)
  for (const index of support.claims) Object.assign(claims[index], { support, same: support.id });

/** Tells whether a side of a conflict is a claim of this page. */
function here(side) {
  return claimsById.get(side.id) === side;
}

/** Gives how the claims are disputed: the genuine before the unresolved; what is explained is no dispute. */
const disputeOf = (list) =>
  DISPUTES.slice(0, 2).find((status) => list.some((claim) => claim.dispute === status)) ?? null;

for (const edge of edges) {
  edge.from.edges.push(edge);
  if (edge.to !== edge.from) edge.to.edges.push(edge);
}
for (const node of nodes.values()) {
  node.claims = node.about.length;
  node.home = [node.x, node.y];
  node.alone = !node.edges.some((edge) => !edge.speech && edge.from !== edge.to);
}
fanOut();

/** Gives each edge its bend, so that edges between the same two nodes lie side by side. */
function fanOut() {
  const pairs = new Map();
  for (const edge of edges) {
    const key = [edge.from.id, edge.to.id].sort().join("|");
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(edge);
  }
  for (const pair of pairs.values()) {
    pair.sort((a, b) => a.speech - b.speech);
    pair.forEach((edge, index) => {
      const side = edge.from.id <= edge.to.id ? 1 : -1;
      edge.bend = side * (index - (pair.length - 1) / 2) * 26;
    });
  }
}

// --- Filters ---------------------------------------------------------------------------------

/** How many nodes of a neighbourhood stand in one ring. */
const FULL_RING = 30;

/** What is switched off, group by group; and the part of the graph that is looked at. */
const filters = {
  family: new Set(),
  doc: new Set(),
  modality: new Set(),
  polarity: new Set(),
  dispute: new Set(),
  scope: null, // {root ids, hops} or null for the whole graph
  all: false, // the whole of a graph that has a backbone
  speech: false,
};

/** How many nodes a large graph shows first: the most claimed about, and what ties them. */
const backbone = [...nodes.values()].filter((node) => node.first).length;

/** Tells whether the picture holds only the backbone; the table holds every claim. */
const overview = () => backbone > 0 && !filters.all && !filters.scope && state.view === "graph";

/** What is left: sets of claims, nodes and edges, and the counts for the legend. */
let shown = { claims: new Set(), nodes: new Set(), edges: [], counts: {} };

const CLAIM_FACETS = {
  doc: (claim) => claim.doc,
  modality: (claim) => claim.modality,
  polarity: (claim) => claim.polarity,
  dispute: (claim) => claim.dispute,
};
const FACETS = ["family", ...Object.keys(CLAIM_FACETS)];

function passes(claim, except) {
  for (const [facet, read] of Object.entries(CLAIM_FACETS)) {
    if (facet !== except && filters[facet].has(read(claim))) return false;
  }
  return true;
}

const endsOf = (claim) => (claim.o ? [nodes.get(claim.s), nodes.get(claim.o)] : [nodes.get(claim.s)]);
const filtersClaims = () => Object.keys(CLAIM_FACETS).some((facet) => filters[facet].size);

/** Gives the nodes within the scope, ring by ring, or null when the scope is everything. */
function scopeRings() {
  if (!filters.scope) return null;
  const rings = [filters.scope.roots.map((id) => nodes.get(id))],
    reached = new Set(rings[0]);
  for (let step = 0; step < filters.scope.hops; step++) {
    const ring = new Set(rings[step].flatMap((node) => node.edges.flatMap((edge) => [edge.from, edge.to])));
    rings.push([...ring].filter((node) => !reached.has(node)));
    for (const node of ring) reached.add(node);
  }
  return rings;
}

/**
 * Puts nodes where the layout has them, or, within a scope, in rings about its roots, each on its own side;
 * the nodes of a full ring stand at several depths, so that there is room for their labels.
 */
function place(rings) {
  for (const node of nodes.values()) [node.x, node.y] = (overview() && node.first) || node.home;
  if (!rings) return;
  const middle = [0, 1].map((i) => rings[0].reduce((sum, node) => sum + node.home[i], 0) / rings[0].length);
  let reach = rings[0].length > 1 ? rings[0].length * 22 : 0;
  rings.forEach((ring, step) => {
    if (!step && ring.length === 1) return;
    const side = ([x, y]) => Math.atan2(y - middle[1], x - middle[0]);
    const towards = (node) => {
      const inner =
        step > 1 && node.edges.flatMap((e) => [e.from, e.to]).find((other) => rings[step - 1].includes(other));
      return side(inner ? [inner.x, inner.y] : node.home);
    };
    const sides = new Map(ring.map((node) => [node, towards(node)]));
    const sorted = [...ring].sort((a, b) => sides.get(a) - sides.get(b) || (a.id < b.id ? -1 : 1));
    const inner = reach,
      depths = Math.ceil(sorted.length / FULL_RING);
    reach = Math.max(reach + 150, (sorted.length * 62) / (2 * Math.PI * Math.sqrt(depths)));
    sorted.forEach((node, index) => {
      const angle = sides.get(sorted[0]) + (index * 2 * Math.PI) / sorted.length;
      const out = reach - (0.7 * (reach - inner) * (index % depths)) / depths;
      node.x = middle[0] + 1.35 * out * Math.cos(angle);
      node.y = middle[1] + out * Math.sin(angle);
    });
  });
}

/** Works out what is shown; every count says what its switch would show if it were on. */
function refilter() {
  const rings = scopeRings(),
    first = overview() && [...nodes.values()].filter((node) => node.first),
    scope = rings || first ? new Set(rings ? rings.flat() : first) : null;
  place(rings);
  const familyOn = (node) => !filters.family.has(node.family);
  const within = (claim) => !scope || endsOf(claim).every((node) => scope.has(node));
  const endsOn = (claim) => endsOf(claim).every(familyOn);
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, {}]));
  const bump = (facet, key) => (counts[facet][key] = (counts[facet][key] || 0) + 1);

  const kept = new Set();
  for (const claim of claims) {
    if (!within(claim)) continue;
    if (passes(claim) && endsOn(claim)) kept.add(claim);
    for (const [facet, read] of Object.entries(CLAIM_FACETS)) {
      if (passes(claim, facet) && endsOn(claim)) bump(facet, read(claim));
    }
  }
  const alive = (node) =>
    (!scope || scope.has(node)) &&
    (!filtersClaims() || [node.about, node.said, node.reports].some((list) => list.some((claim) => passes(claim))));
  const visible = new Set();
  for (const node of nodes.values()) {
    if (!alive(node)) continue;
    bump("family", node.family);
    if (familyOn(node)) visible.add(node);
  }
  const visibleEdges = [];
  for (const edge of edges) {
    edge.live = edge.claims.filter((claim) => (edge.speech ? passes(claim) : kept.has(claim)));
    if (edge.live.length && visible.has(edge.from) && visible.has(edge.to)) {
      edge.tone = toneOf(edge);
      edge.dispute = edge.speech ? null : disputeOf(edge.live);
      visibleEdges.push(edge);
    }
  }
  shown = { claims: kept, nodes: visible, edges: visibleEdges, counts };
}

/** Gives how an edge is drawn: what its shown claims have in common. */
function toneOf(edge) {
  if (edge.speech) return "speech";
  const against = edge.live.filter((claim) => claim.against).length;
  if (against === edge.live.length) return "against";
  if (against) return "mixed";
  if (edge.live.every((claim) => claim.modality === "alleged")) return "alleged";
  if (edge.live.every((claim) => ["projected", "recommended"].includes(claim.modality))) return "foreseen";
  return "asserted";
}

function resetFilters() {
  for (const facet of FACETS) filters[facet].clear();
  filters.scope = null;
}

const filtersActive = () => filters.scope || filters.family.size || filtersClaims();

// --- Folding: one spelling for Latin, Russian and Kazakh letters ------------------------------

const LETTERS = {
  а: "a",
  ә: "a",
  б: "b",
  в: "v",
  г: "g",
  ғ: "g",
  д: "d",
  е: "e",
  ё: "e",
  ж: "j",
  з: "z",
  и: "i",
  й: "i",
  к: "k",
  қ: "k",
  л: "l",
  м: "m",
  н: "n",
  ң: "n",
  о: "o",
  ө: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ұ: "u",
  ү: "u",
  ф: "f",
  х: "h",
  һ: "h",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "sh",
  ъ: "",
  ы: "i",
  і: "i",
  ь: "",
  э: "e",
  ю: "iu",
  я: "ia",
  ş: "sh",
  ç: "ch",
  ı: "i",
  ŋ: "n",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
};
const MERGED = [
  [/zh|dzh/g, "j"],
  [/kh/g, "h"],
  [/gh/g, "g"],
  [/shch/g, "sh"],
  [/[yj](?=[aou])/g, (m) => (m === "y" ? "i" : m)],
  [/y/g, "i"],
  [/q/g, "k"],
  [/w/g, "v"],
  [/c(?=[aoukt])/g, "k"],
  [/\bie/g, "e"],
  [/(.)\1+/g, "$1"],
];

/** Gives the skeleton by which names are compared: lower case, Latin, without marks or doubled letters. */
function fold(text) {
  let folded = text.toLowerCase().normalize("NFC");
  folded = [...folded].map((letter) => LETTERS[letter] ?? letter).join("");
  folded = folded.normalize("NFKD").replace(/[\u0300-\u036f\u02b0-\u02ff'’ʼ`]/g, "");
  for (const [pattern, replacement] of MERGED) folded = folded.replace(pattern, replacement);
  return folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// --- Words -----------------------------------------------------------------------------------

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Gives a text without signs that are not seen but reorder or break what is. */
const plain = (text) => String(text ?? "").replace(UNSEEN, "");
const clip = (text, length) => (text.length > length ? text.slice(0, length - 1).trimEnd() + "…" : text);
const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
const claimCount = (number) => count(number, "claim", "claims");
const objectText = (claim) => (claim.o ? nodes.get(claim.o).label : claim.value.text);
const documentTitle = (claim) => documents.get(claim.doc).title;

/** Gives who says so, outermost first: the document, then whom it relies on. */
const chainText = (claim) => [
  documentTitle(claim),
  ...(claim.by.length ? claim.by.map((id) => nodes.get(id).label) : ["the document itself"]),
];

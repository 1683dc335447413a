// ---------------------------------------------------------------------------------------------
// Card: one claim with its words, whose word it rests on, and all that is known of it.
// ---------------------------------------------------------------------------------------------

/** The claims whose card bears the id; a claim in two groups has two cards. */
const named = new Set();

/** Gives what marks a claim off from a plain assertion; ``rest`` leaves out what is asserted or denied. */
function badges(claim, rest = false) {
  const list = [];
  if (!rest && claim.modality !== "asserted") list.push([claim.modality, MODALITY_WORDS[claim.modality]]);
  if (!rest && claim.negative) list.push(["not", "Not so"]);
  if (claim.valence)
    list.push([
      `valence-${claim.valence}`,
      { positive: "Praises", negative: "Criticises", mixed: "Mixed judgement" }[claim.valence] ?? claim.valence,
    ]);
  if (claim.certainty) list.push(["certainty", claim.certainty]);
  if (claim.voice === "direct") list.push(["voice", "Direct speech"]);
  if (rest && claim.dispute !== "none") list.push([`dispute-${claim.dispute}`, DISPUTE_WORDS[claim.dispute]]);
  return list.map(([kind, words]) => el("span", { class: `badge ${kind.replace(/[^a-z-]/g, "")}` }, own(words)));
}

function chain(claim) {
  const arrow = () => el("span", { class: "then", role: "img", "aria-label": "relying on" }, " → ");
  const rest = claim.by.length
    ? claim.by.map((id) => [arrow(), nodeLink(id)])
    : [" — ", el("em", {}, "the document itself")];
  return el("p", { class: "chain" }, el("span", { class: "sr" }, "Who says so: "), documentLink(claim), rest);
}

const documentLink = (claim) => (nodes.has(claim.doc) ? nodeLink(claim.doc) : own(documentTitle(claim)));
const timeText = (claim) =>
  [claim.when, claim.words && `“${plain(claim.words)}”`, claim.inferred && "(inferred)"].filter(Boolean).join(" ");

function claimCard(claim) {
  const marks = badges(claim),
    when = timeText(claim),
    id = named.has(claim) ? null : `claim-${claim.id}`;
  named.add(claim);
  return el(
    "article",
    { class: `card${claim.against ? " against" : ""}${state.claim === claim ? " chosen" : ""}`, id },
    (marks.length > 0 || when) && el("p", { class: "marks" }, marks, when && el("time", {}, own(when))),
    el("p", { class: "statement" }, own(claim.text)),
    claim.value &&
      el(
        "p",
        { class: "value" },
        own(claim.p),
        ": ",
        own(claim.value.text, { lang: claim.value.lang }),
        claim.value.printed && [" (printed “", own(claim.value.printed), "”)"],
      ),
    claim.quote && el("blockquote", {}, "“", own(claim.quote), "”"),
    chain(claim),
    el("p", { class: "meta" }, `Characters ${claim.at[0]}–${claim.at[1]} of the document`),
    claim.conflicts.map((conflict) => conflictDetails(claim, conflict)),
    el("details", { class: "more-about" }, el("summary", {}, "All about this claim"), facts(claim)),
  );
}

/** Gives a button to the line that a claim is part of, for those who cannot point at it. */
function lineLink(claim) {
  const line = claim.o && edgesById.get([claim.s, claim.p, claim.o].join("|"));
  if (!line || line === state.edge) return null;
  return el(
    "button",
    { class: "link", type: "button", click: () => goTo({ edge: line }) },
    "All that is claimed by it",
  );
}

function facts(claim) {
  const listed = (ids) => ids.map((id, i) => [i ? ", " : "", nodeLink(id)]);
  const doc = documents.get(claim.doc);
  const rows = [
    ["Says", [nodeLink(claim.s), " — ", own(claim.p), " — ", claim.o ? nodeLink(claim.o) : own(claim.value.text)]],
    ["Line", lineLink(claim)],
    [
      "How",
      `${MODALITY_WORDS[claim.modality] ?? claim.modality}; ${POLARITY_WORDS[claim.polarity].toLowerCase()}; ${claim.voice} voice`,
    ],
    [
      "Holds at",
      claim.when &&
        (claim.inferred && claim.inferred !== "true"
          ? `${claim.when}, inferred: ${plain(claim.inferred)}`
          : claim.when),
    ],
    ["Said", claim.said],
    ["Where", claim.where && nodeLink(claim.where)],
    ["Topics", claim.topics && listed(claim.topics)],
    ["Cites", claim.cites && listed(claim.cites)],
    [
      "Document",
      [
        own(doc.title),
        doc.authors && [", ", own(doc.authors)],
        doc.by && [", ", own(doc.by)],
        doc.issued && `, ${plain(doc.issued)}`,
      ],
    ],
    ["Mentions", claim.support?.mentions > 1 && mentions(claim.support)],
    ["Note", claim.note && own(claim.note)],
    ["Claim", el("a", { href: `#c=${encodeURIComponent(claim.id)}` }, own(claim.id))],
    ["Digest (SHA-256)", claim.sha && el("code", {}, plain(claim.sha))],
  ];
  return el(
    "dl",
    {},
    rows.filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]),
  );
}

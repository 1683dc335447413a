// ---------------------------------------------------------------------------------------------
// Dispute: who says otherwise than a claim, and on how many origins what it says rests.
// ---------------------------------------------------------------------------------------------

/** Gives a conflict as one of its sides tells it: how it stands, why, and the other sides. */
function conflictDetails(claim, conflict) {
  const others = conflict.sides.filter((side) => side !== claim);
  const alike = (side) => Boolean(claim.same) && side.same === claim.same && howText(side) === howText(claim);
  const part = (title, list) =>
    list.length > 0 && [
      el("h5", {}, title),
      el(
        "ul",
        {},
        list.map((side) => el("li", {}, sideParts(side, conflict))),
      ),
    ];
  return el(
    "details",
    { class: `conflict ${conflict.status}` },
    el(
      "summary",
      {},
      disputeSign(conflict.status),
      el(
        "span",
        {},
        el("b", {}, own(conflict.head)),
        el("small", {}, " · ", own(conflict.kind), ` · ${count(others.length, "other claim", "other claims")}`),
      ),
    ),
    el("p", {}, own(conflict.reason)),
    part(
      "The other claims in it",
      others.filter((side) => !alike(side)),
    ),
    part("Who says the same", others.filter(alike)),
  );
}

/** Gives a side of a conflict: a way to it if it is on the page, its words, and on whose word it rests. */
function sideParts(side, conflict) {
  const inside = here(side),
    how = howText(side);
  const speakers = side.speakers ?? [];
  return [
    how !== MODALITY_WORDS.asserted && [el("span", { class: "badge" }, how), " "],
    side.when && [el("time", {}, own(side.when)), " "],
    inside
      ? el(
          "button",
          { class: "link", type: "button", click: () => goToClaim(side, { remember: true, conflict }) },
          own(side.text),
        )
      : own(side.text),
    side.quote && el("p", { class: "quote" }, "“", own(side.quote), "”"),
    inside
      ? chain(side)
      : el(
          "p",
          { class: "chain" },
          [side.title, ...(speakers.length ? speakers : ["the document itself"])].map((name, i) => [
            i ? " → " : "",
            own(name),
          ]),
        ),
    el("p", { class: "meta" }, `Characters ${side.at[0]}–${side.at[1]}`, !inside && "; this claim is not on this page"),
  ];
}

/** Gives how often what a claim says is said, from how many independent origins, and why some mentions are one. */
function mentions(support) {
  const { low, high, folds = [] } = support,
    link = (id) => (claimsById.has(id) ? el("a", { href: `#c=${encodeURIComponent(id)}` }, own(id)) : own(id));
  return [
    support.unaffirmed ? "No claim affirms it; spoken of by " : "Affirmed by ",
    `${count(support.mentions, "mention", "mentions")} in ${count(support.documents, "document", "documents")}; independent origins: ${low === high ? low : `${low}–${high}`}`,
    folds.length > 0 &&
      el(
        "ul",
        { class: "folds" },
        folds.map(([claim, into, reason, certain]) =>
          el(
            "li",
            {},
            link(claim),
            " with ",
            link(into),
            `: ${certain ? "one origin" : "perhaps one origin"}, for `,
            own(reason),
          ),
        ),
      ),
  ];
}

/** Gives the genuine conflicts to begin with: those between the most documents first. */
function conflictList() {
  const wide = (conflict) => new Set(conflict.sides.map((side) => side.doc ?? side.title)).size;
  const genuine = conflicts.filter((conflict) => conflict.status === "genuine" && conflict.sides.some(here));
  if (!genuine.length) return null;
  const row = (conflict) =>
    el(
      "button",
      { type: "button", class: "row", click: () => goToClaim(conflict.sides.find(here), { remember: true, conflict }) },
      disputeSign(conflict.status),
      own(conflict.reason, { class: "name" }),
    );
  const top = genuine.sort((a, b) => wide(b) - wide(a)).slice(0, 5);
  return el(
    "section",
    { class: "start" },
    el("h3", {}, "Who says otherwise: genuine conflicts"),
    el(
      "ul",
      {},
      top.map((conflict) => el("li", {}, row(conflict))),
    ),
  );
}

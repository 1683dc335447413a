// ---------------------------------------------------------------------------------------------
// Table: the same claims under the same filters, as text.
// ---------------------------------------------------------------------------------------------

const FIRST_ROWS = 400;
const COLUMNS = [
  { id: "claim", words: "Claim", read: (claim) => claim.text },
  { id: "who", words: "Who says so", read: (claim) => chainText(claim).join(" → ") },
  { id: "quote", words: "Words quoted", read: (claim) => claim.quote },
  { id: "when", words: "When", read: (claim) => claim.when ?? "" },
  { id: "how", words: "How", read: (claim) => howText(claim) },
  { id: "where", words: "Characters", read: (claim) => `${claim.doc} ${String(claim.at[0]).padStart(9, "0")}` },
];
const table = { text: "", sort: "where", down: false, all: false };

const howText = (claim) =>
  [MODALITY_WORDS[claim.modality] ?? claim.modality, claim.negative ? "not so" : ""].filter(Boolean).join(", ");

/** Gives the text in which the table's filter looks: everything that a row shows, and the names. */
function rowText(claim) {
  claim.folded ??= fold(
    [
      claim.text,
      claim.quote,
      claim.p,
      objectText(claim),
      nodes.get(claim.s).label,
      ...chainText(claim),
      claim.when,
      howText(claim),
    ].join(" "),
  );
  return claim.folded;
}

function tableRows() {
  const words = fold(table.text).split(" ").filter(Boolean);
  const rows = claims.filter(
    (claim) => shown.claims.has(claim) && words.every((word) => rowText(claim).includes(word)),
  );
  const { read } = COLUMNS.find((column) => column.id === table.sort);
  const keyed = rows.map((claim) => [read(claim), claim]);
  keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (table.down ? -1 : 1));
  return keyed.map(([, claim]) => claim);
}

function drawTable() {
  const rows = tableRows(),
    some = table.all ? rows : rows.slice(0, FIRST_ROWS);
  const head = COLUMNS.map((column) => {
    const sorted = table.sort === column.id ? (table.down ? "descending" : "ascending") : null;
    return el(
      "th",
      { scope: "col", "aria-sort": sorted },
      el(
        "button",
        { type: "button", click: () => sortBy(column.id) },
        column.words,
        el("span", { class: "arrow", "aria-hidden": "true" }, sorted ? (table.down ? " ↓" : " ↑") : ""),
      ),
    );
  });
  $("#table-body").replaceChildren(
    el(
      "table",
      {},
      el("caption", {}, `${claimCount(rows.length)} of ${claims.length}`),
      el("thead", {}, el("tr", {}, head)),
      el("tbody", {}, some.map(tableRow)),
    ),
    rows.length > some.length
      ? el(
          "button",
          {
            type: "button",
            class: "more",
            click: () => {
              table.all = true;
              drawTable();
            },
          },
          `Show ${rows.length - some.length} more`,
        )
      : "",
    rows.length ? "" : el("p", { class: "hint" }, "No claim fits the filters."),
  );
}

function tableRow(claim) {
  return el(
    "tr",
    { class: claim.against ? "against" : null },
    el(
      "td",
      { "data-head": "Claim" },
      el("p", { class: "statement" }, own(claim.text)),
      el(
        "p",
        { class: "meta" },
        nodeLink(claim.s),
        " — ",
        own(claim.p),
        " — ",
        claim.o ? nodeLink(claim.o) : own(claim.value.text),
      ),
    ),
    el("td", { "data-head": "Who says so" }, chain(claim)),
    el("td", { "data-head": "Words quoted", class: "quote" }, claim.quote && ["“", own(claim.quote), "”"]),
    el("td", { "data-head": "When" }, timeText(claim) && own(timeText(claim))),
    el(
      "td",
      { "data-head": "How" },
      el("p", { class: claim.against ? "not" : null }, howText(claim)),
      badges(claim, true),
    ),
    el("td", { "data-head": "Characters", class: "number" }, `${claim.at[0]}–${claim.at[1]}`),
  );
}

function sortBy(id) {
  table.down = table.sort === id && !table.down;
  table.sort = id;
  drawTable();
  $(`#table-body th:nth-child(${COLUMNS.findIndex((column) => column.id === id) + 1}) button`).focus();
}

$("#table-filter").addEventListener("input", (event) => {
  table.text = event.target.value;
  drawTable();
  announce(`${claimCount(tableRows().length)} in the table`);
});

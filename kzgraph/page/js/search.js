// ---------------------------------------------------------------------------------------------
// Search: an ARIA combobox over labels and all names, whatever their letters.
// ---------------------------------------------------------------------------------------------

const SEARCH_LIMIT = 12;
const searched = [...nodes.values()].map((node) => ({
  node,
  names: [node.label, ...(node.names ?? []).map((name) => name.text), node.id.replaceAll("-", " ")].map((text) => ({
    text,
    folded: fold(text),
  })),
}));
let options = [],
  active = -1;

/** Gives the nodes whose one name holds every word, the nearest first, with the name that fits. */
function findNodes(text) {
  const words = fold(text).split(" ").filter(Boolean);
  if (!words.length) return [];
  const found = [];
  for (const { node, names } of searched) {
    const fitting = names.filter(({ folded }) => words.every((word) => folded.includes(word)));
    if (!fitting.length) continue;
    const rank = ({ folded }) =>
      folded === words.join(" ") ? 0 : folded.startsWith(words[0]) ? 1 : ` ${folded}`.includes(` ${words[0]}`) ? 2 : 3;
    const best = fitting.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    found.push({ node, name: best.text, rank: rank(best) });
  }
  return found.sort((a, b) => a.rank - b.rank || weight(b.node) - weight(a.node)).slice(0, SEARCH_LIMIT);
}

function drawOptions() {
  const text = $("#search").value,
    list = $("#options"),
    found = findNodes(text);
  options = found.map(({ node, name }) => ({
    go: () => goTo({ node }),
    row: [
      glyph(node.family),
      el(
        "span",
        { class: "name" },
        own(node.label),
        name !== node.label && !node.id.startsWith(name.replaceAll(" ", "-")) && el("small", {}, own(name)),
      ),
      el("span", { class: "number" }, claimCount(node.claims || node.said.length)),
    ],
  }));
  const wordy = text.trim().length > 1;
  if (wordy)
    options.push({
      go: () => searchTable(text),
      row: [el("span", { class: "name" }, `Find “${clip(plain(text.trim()), 30)}” in the claims`)],
    });
  active = -1;
  list.replaceChildren(
    ...options.map((option, index) =>
      el(
        "li",
        {
          role: "option",
          id: `option-${index}`,
          "aria-selected": "false",
          mousedown: (event) => {
            event.preventDefault();
            choose(index);
          },
        },
        option.row,
      ),
    ),
  );
  openOptions(options.length > 0);
  announce(wordy ? `${count(found.length, "name", "names")} found` : "");
}

function openOptions(open) {
  $("#options").hidden = !open;
  $("#search").setAttribute("aria-expanded", String(open));
  if (!open) $("#search").removeAttribute("aria-activedescendant");
}

function moveActive(step) {
  if (!options.length) return;
  active = (active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length;
  [...$("#options").children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
  $("#search").setAttribute("aria-activedescendant", `option-${active}`);
  $("#options").children[active].scrollIntoView({ block: "nearest" });
}

function choose(index) {
  openOptions(false);
  options[index]?.go();
}

function searchTable(text) {
  table.text = $("#table-filter").value = text.trim();
  setView("table");
  $("#table-filter").focus();
}

$("#search").addEventListener("input", drawOptions);
$("#search").addEventListener("focus", () => $("#search").value && drawOptions());
$("#search").addEventListener("blur", () => openOptions(false));
$("#search").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if ($("#options").hidden) drawOptions();
    moveActive(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    choose(Math.max(active, 0));
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if ($("#options").hidden) $("#search").value = "";
    openOptions(false);
  }
});

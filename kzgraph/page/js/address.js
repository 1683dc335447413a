// ---------------------------------------------------------------------------------------------
// Address: #n=node, #e=line, #c=claim, v=table, all=1 (of a large graph), around=roots, hops=1, no-doc=documents switched off …
// ---------------------------------------------------------------------------------------------

function writeAddress(remember) {
  const parts = new URLSearchParams();
  if (state.claim) parts.set("c", state.claim.id);
  else if (state.node) parts.set("n", state.node.id);
  else if (state.edge) parts.set("e", state.edge.id);
  if (state.view === "table") parts.set("v", "table");
  if (backbone && filters.all) parts.set("all", "1");
  if (filters.scope) {
    parts.set("around", filters.scope.roots.join(" "));
    parts.set("hops", filters.scope.hops);
  }
  for (const facet of FACETS) if (filters[facet].size) parts.set(`no-${facet}`, [...filters[facet]].join(" "));
  const address = parts.size ? `#${parts}` : "#";
  if (address === (location.hash || "#")) return;
  history[remember ? "pushState" : "replaceState"](null, "", address);
}

function readAddress({ moving = true } = {}) {
  const parts = new URLSearchParams(location.hash.slice(1));
  const roots = (parts.get("around") ?? "").split(" ").filter((id) => nodes.has(id));
  filters.scope = roots.length ? { roots, hops: Math.min(3, Math.max(1, Number(parts.get("hops")) || 1)) } : null;
  filters.all = parts.has("all");
  for (const facet of FACETS) filters[facet] = new Set((parts.get(`no-${facet}`) ?? "").split(" ").filter(Boolean));
  const node = nodes.get(parts.get("n")),
    edge = edgesById.get(parts.get("e")),
    claim = claimsById.get(parts.get("c"));
  refilter();
  view.show(shown.nodes, shown.edges);
  updateLegend();
  setView(parts.get("v") === "table" ? "table" : "graph", { write: false });
  if (claim) goToClaim(claim, { moving });
  else if (node || edge) goTo(node ? { node } : { edge }, { remember: false, moving, focus: false });
  else choosePlace({}, { remember: false, open: false });
}

/** Opens the details of a claim; where ``conflict`` is given, and what is told of it. */
function goToClaim(claim, { moving = true, remember = false, conflict = null } = {}) {
  if (!passes(claim)) {
    resetFilters();
    refreshAll();
  }
  goTo({ node: nodes.get(claim.s), claim }, { remember, moving, focus: false });
  for (const more of document.querySelectorAll("#panel .more")) more.click();
  const card = document.getElementById(`claim-${claim.id}`);
  if (!card) return;
  const opened = conflict
    ? card.querySelectorAll(".conflict")[claim.conflicts.indexOf(conflict)]
    : card.querySelector(".more-about");
  opened.open = true;
  const panel = $("#panel");
  panel.scrollTop += card.getBoundingClientRect().top - panel.getBoundingClientRect().top - 60;
  if (remember) opened.querySelector("summary").focus({ preventScroll: true });
}

// ---------------------------------------------------------------------------------------------
// Keyboard: arrows, Enter, +, −, 0 on the graph; / and Escape anywhere.
// ---------------------------------------------------------------------------------------------

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Gives the nearest node in a direction from the chosen one, or from the middle of the picture. */
function nodeTowards([dx, dy]) {
  const from = state.node ?? view.toGraph(view.width / 2, view.height / 2);
  let best = null,
    least = Infinity;
  for (const node of shown.nodes) {
    const x = node.x - from.x,
      y = node.y - from.y,
      along = x * dx + y * dy,
      aside = Math.abs(x * dy - y * dx);
    if (node === state.node || along <= 0) continue;
    if (along + 2 * aside < least) [least, best] = [along + 2 * aside, node];
  }
  return best;
}

function onGraphKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (WAYS[event.key]) {
    const node = nodeTowards(WAYS[event.key]);
    if (node) {
      choosePlace({ node }, { open: !narrow.matches });
      const { x, y } = view.toScreen(node);
      if (x < 60 || y < 60 || x > view.width - 60 || y > view.height - 60)
        view.travel({ point: node, zoom: view.zoom, dx: 0, dy: 0 }, true);
    }
  } else if (event.key === "Enter" && (state.node || state.edge)) {
    openPanel(true);
    $("#panel h2").focus();
  } else if (event.key === "+" || event.key === "=") view.zoomBy(1.3);
  else if (event.key === "-" || event.key === "_") view.zoomBy(1 / 1.3);
  else if (event.key === "0") view.fit();
  else return;
  event.preventDefault();
}

function onPageKey(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("#search").focus();
    $("#search").select();
  } else if (event.key === "Escape" && !typing) {
    if (document.body.classList.contains("filtering")) closeFilters();
    else {
      if (filters.scope && !state.node && !state.edge) {
        filters.scope = null;
        refreshAll({ fit: true, say: true });
      } else choosePlace({});
      if (state.view === "graph") $("#canvas").focus();
    }
  }
}

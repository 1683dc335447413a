// ---------------------------------------------------------------------------------------------
// App: what is chosen, the address, the keyboard, and the start.
// ---------------------------------------------------------------------------------------------

const state = { node: null, edge: null, claim: null, view: "graph" };
const narrow = matchMedia("(max-width: 820px)");
const view = new GraphView($("#graph"), {
  onNode: (node) => choosePlace({ node }),
  onEdge: (edge) => choosePlace({ edge }),
  onNothing: () => choosePlace({}),
  onExpand: (node) => showAround(node, 1),
});

// --- Choosing ---

/** Chooses a node, an edge, or nothing: lights it up, fills the panel, writes the address. */
function choosePlace({ node = null, edge = null, claim = null }, { remember = true, open = true } = {}) {
  Object.assign(state, { node, edge, claim });
  lightUp();
  drawPanel();
  openPanel(open && Boolean(node || edge));
  writeAddress(remember);
  if (node)
    announce(
      `${node.label}, ${families.get(node.family).one}, ${claimCount(node.claims)} about it, ${claimCount(node.said.length)} said by it`,
    );
  else if (edge) {
    const disputed = disputeOf(edge.claims);
    announce(
      `${edgeText(edge)}, ${claimCount(edge.claims.length)}${disputed ? `, ${DISPUTE_WORDS[disputed].toLowerCase()}` : ""}`,
    );
  }
}

/** Chooses something named elsewhere on the page: makes sure that it is seen, and goes there. */
function goTo(place, options = {}) {
  const ends = place.node ? [place.node] : [place.edge.from, place.edge.to];
  const seen = () => (place.node ? shown.nodes.has(place.node) : shown.edges.includes(place.edge));
  if (state.view !== "graph") setView("graph");
  if (!seen()) {
    resetFilters();
    if (overview() && !ends.every((node) => node.first)) filters.scope = { roots: [ends[0].id], hops: 1 };
    refreshAll();
    announce("Filters reset to show it");
  }
  choosePlace(place, options);
  const tied = new Set(
    [...view.focus.edges].filter((edge) => !edge.speech || edge === place.edge).flatMap((edge) => [edge.from, edge.to]),
  );
  const around = [...new Set([...ends, ...tied])];
  const near = filters.scope ? [...shown.nodes] : around;
  view.fit(near, { least: filters.scope ? 0.3 : 0.55, most: 1.2, about: ends[0], moving: options.moving ?? true });
  if (options.focus !== false) $("#panel h2")?.focus({ preventScroll: true });
}

const chosenEnds = () => (state.edge ? [state.edge.from, state.edge.to] : state.node ? [state.node] : []);

/** Works out what the choice lights up: a node's edges, its speakers' too, and their ends. */
function lightUp() {
  const { node, edge } = state;
  const lit = new Set(edge ? [edge] : node ? node.edges.filter((e) => shown.edges.includes(e)) : []);
  const ends = new Set([...lit].flatMap((e) => [e.from, e.to]));
  if (node) ends.add(node);
  view.focus = { nodes: ends, edges: lit, root: node, edge };
  view.boxes.clear();
  view.redraw();
}

/** Works out and draws everything anew after a filter has changed. */
function refreshAll({ fit = false, say = false } = {}) {
  refilter();
  view.show(shown.nodes, shown.edges);
  if (overview() && !chosenEnds().every((node) => node.first))
    Object.assign(state, { node: null, edge: null, claim: null });
  lightUp();
  drawPanel();
  const text = updateLegend();
  if (state.view === "table") drawTable();
  if (fit) view.fit();
  if (say) announce(text);
  writeAddress(false);
}

/** Shows only what is so many steps from a node; none is the whole graph. */
function showAround(node, hops) {
  filters.scope = hops ? { roots: [node.id], hops } : null;
  filters.all ||= !hops;
  if (state.node !== node) choosePlace({ node });
  refreshAll({ fit: true, say: true });
}

/** Shows the most claimed about, and what ties them; what is chosen stays so if it is among them. */
function showOverview() {
  Object.assign(filters, { all: false, scope: null });
  refreshAll({ say: true });
  fitFirst(true);
}

// --- Panels and views ---

function openPanel(open) {
  document.body.classList.toggle("sheet", open);
  if (open) closeFilters();
  insetForSheet();
}

function closeFilters() {
  document.body.classList.remove("filtering");
  $("#filters-button").setAttribute("aria-expanded", "false");
}

/** On narrow screens the sheet covers the lower part of the canvas. */
function insetForSheet() {
  const covered = narrow.matches && document.body.classList.contains("sheet");
  view.inset = {
    left: 0,
    right: narrow.matches ? 0 : 36,
    top: narrow.matches ? 36 : 0,
    bottom: covered
      ? Math.max(0, view.height - $("#panel").offsetTop + $("#main").offsetTop)
      : backbone
        ? narrow.matches
          ? 56
          : 30
        : 0,
  };
}

function setView(name, { write = true } = {}) {
  state.view = name;
  document.body.dataset.view = name;
  $("#graph").hidden = name !== "graph";
  $("#table").hidden = name !== "table";
  for (const button of document.querySelectorAll("#views button"))
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  if (backbone) {
    refilter();
    view.show(shown.nodes, shown.edges);
    updateLegend();
  }
  if (name === "table") {
    openPanel(false);
    drawTable();
  } else view.resize();
  if (write) writeAddress(false);
}

// --- Picture ---

/** Fits what is worth a first look: on narrow screens and in large graphs, what has lines. */
function fitFirst(moving) {
  const linked = [...shown.nodes].filter((node) => !node.alone);
  view.fit((narrow.matches || backbone) && linked.length ? linked : undefined, { moving });
}

/** Saves what the canvas shows, on its background, with the title and what it is not. */
function savePicture() {
  const scale = 2,
    foot = 44,
    sheet = el("canvas", { width: view.width * scale, height: (view.height + foot) * scale });
  const pen = sheet.getContext("2d"),
    drawn = el("canvas", { width: view.width * scale, height: view.height * scale });
  view.draw(drawn.getContext("2d"), scale);
  pen.fillStyle = view.palette.bg;
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(drawn, 0, 0);
  pen.scale(scale, scale);
  pen.textBaseline = "middle";
  pen.font = `600 14px ${FONT}`;
  view.haloed(pen, clip(plain(document.title), 90), 14, view.height + 12, view.palette.fg);
  pen.font = `12px ${FONT}`;
  view.haloed(
    pen,
    `${$("#status-text").textContent}. Lines are claims, not facts.`,
    14,
    view.height + 31,
    view.palette.muted,
  );
  sheet.toBlob((blob) => {
    const link = el("a", { href: URL.createObjectURL(blob), download: "graph.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
}

// --- Start ---

function listen() {
  for (const button of document.querySelectorAll("#views button"))
    button.addEventListener("click", () => setView(button.dataset.view));
  $("#canvas").addEventListener("keydown", onGraphKey);
  document.addEventListener("keydown", onPageKey);
  $("#zoom-in").addEventListener("click", () => view.zoomBy(1.3));
  $("#zoom-out").addEventListener("click", () => view.zoomBy(1 / 1.3));
  $("#fit").addEventListener("click", () => view.fit());
  $("#part").addEventListener("click", () => {
    if (filters.all) return showOverview();
    filters.all = true;
    refreshAll({ say: true });
    fitFirst(true);
  });
  $("#picture").addEventListener("click", savePicture);
  $("#home").addEventListener("click", () => {
    choosePlace({});
    openPanel(true);
  });
  $("#about").addEventListener("click", () => {
    choosePlace({});
    openPanel(true);
  });
  $("#close").addEventListener("click", () => {
    openPanel(false);
    if (overview() && !state.node && !state.edge) fitFirst(true);
  });
  $("#reset").addEventListener("click", () => {
    resetFilters();
    refreshAll({ fit: true, say: true });
  });
  $("#filters-close").addEventListener("click", closeFilters);
  $("#filters-button").addEventListener("click", () => {
    const open = document.body.classList.toggle("filtering");
    if (open) document.body.classList.remove("sheet");
    $("#filters-button").setAttribute("aria-expanded", String(open));
  });
  $("#theme").addEventListener("click", () => {
    const { dataset } = document.documentElement;
    dataset.theme = dataset.theme === "dark" ? "light" : "dark";
    view.recolour();
  });
  window.addEventListener("hashchange", () => readAddress());
}

/** Tells a console where on the canvas a node, or the middle of a line, lies. */
function whereIs(id) {
  if (nodes.has(id)) return view.toScreen(nodes.get(id));
  const { mx, my } = view.course(edgesById.get(id));
  return view.toScreen({ x: mx, y: my });
}

function start() {
  $("#canvas").whereIs = whereIs;
  document.body.classList.add("live");
  listen();
  view.recolour();
  refilter();
  drawLegend();
  if (!location.hash.slice(1) && DATA.focus.length) {
    filters.scope = { roots: DATA.focus, hops: 1 };
    if (DATA.focus.length === 1) state.node = nodes.get(DATA.focus[0]);
  }
  if (filters.scope) writeAddress(false);
  readAddress({ moving: false });
  if (!state.node && !state.edge) {
    openPanel(narrow.matches && state.view === "graph");
    fitFirst(false);
  }
  document.fonts?.ready.then(() => {
    view.boxes.clear();
    view.redraw();
  });
}

start();

// ---------------------------------------------------------------------------------------------
// Canvas: draws the graph from positions computed before, and tells what lies under a pointer.
// ---------------------------------------------------------------------------------------------

class GraphView {
  /** @param {HTMLElement} host  @param {{onNode, onEdge, onNothing}} handlers */
  constructor(host, handlers) {
    Object.assign(this, { host, handlers, zoom: 1, left: 0, top: 0, nodes: [], edges: [], boxes: new Map() });
    this.focus = { nodes: new Set(), edges: new Set(), root: null, edge: null };
    this.hover = { node: null, edge: null };
    this.canvas = host.querySelector("canvas");
    this.pen = this.canvas.getContext("2d");
    this.palette = {};
    this.inset = { left: 0, right: 36, top: 0, bottom: 0 };
    new ResizeObserver(() => this.resize()).observe(host);
    this.resize();
    this.listen();
  }

  // --- what is drawn ---

  show(visibleNodes, visibleEdges) {
    this.nodes = [...visibleNodes].sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
    this.edges = visibleEdges;
    this.redraw();
  }

  recolour() {
    const style = getComputedStyle(document.documentElement);
    const names = [
      "bg",
      "fg",
      "muted",
      "edge",
      "alleged",
      "foreseen",
      "against",
      "speech",
      "accent",
      "warn",
      ...families.keys(),
    ];
    for (const name of names) this.palette[name] = style.getPropertyValue(`--${name}`).trim();
    this.redraw();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (!width || !height) return;
    const middle = this.width ? this.toGraph(this.width / 2, this.height / 2) : null;
    const density = window.devicePixelRatio || 1;
    Object.assign(this, { width, height, density });
    this.canvas.width = Math.round(width * density);
    this.canvas.height = Math.round(height * density);
    if (middle) this.moveTo(middle, this.zoom);
    if (this.waiting) this.fit(...this.waiting);
    this.redraw();
  }

  redraw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      if (this.width) this.draw(this.pen, this.density);
    });
  }

  draw(pen, density) {
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.width * density, this.height * density);
    pen.setTransform(density * this.zoom, 0, 0, density * this.zoom, density * this.left, density * this.top);
    const chosen = this.focus.nodes.size > 0;
    const raised = [];
    for (const edge of this.edges) {
      if (this.focus.edges.has(edge) || edge === this.hover.edge || this.touches(edge, this.hover.node))
        raised.push(edge);
      else if (!edge.speech || this.speechShown())
        this.drawEdge(pen, edge, chosen ? 0.1 : this.faint(edge) ? 0.22 : 0.62);
    }
    for (const node of this.nodes) if (!this.lit(node)) this.drawNode(pen, node, 0.16);
    for (const edge of raised) this.drawEdge(pen, edge, this.focus.edges.has(edge) || !chosen ? 1 : 0.5, true);
    for (const node of [...this.nodes].reverse()) if (this.lit(node)) this.drawNode(pen, node, 1);
    pen.setTransform(density, 0, 0, density, 0, 0);
    this.drawLabels(pen, raised);
  }

  lit(node) {
    return !this.focus.nodes.size || this.focus.nodes.has(node) || node === this.hover.node;
  }

  faint(edge) {
    return (edge.from.hub || edge.to.hub) && edge.tone === "asserted";
  }

  /** Who speaks about whom is drawn when asked for, and when little else is there. */
  speechShown() {
    return filters.speech || Boolean(filters.scope);
  }

  touches(edge, node) {
    return Boolean(node) && (edge.from === node || edge.to === node) && !edge.speech;
  }

  /** Gives an edge's course: a curve from border to border, its middle, and its end's direction. */
  course(edge) {
    const { from, to } = edge;
    if (from === to) {
      const r = from.size + 9 + Math.abs(edge.bend) / 2;
      return { loop: { x: from.x, y: from.y - r, r: r - 2 }, mx: from.x, my: from.y - 2 * r + 2 };
    }
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const bend = Math.max(-0.4 * length, Math.min(0.4 * length, edge.bend));
    const nx = (from.y - to.y) / length,
      ny = (to.x - from.x) / length;
    const cx = (from.x + to.x) / 2 + nx * bend * 2,
      cy = (from.y + to.y) / 2 + ny * bend * 2;
    const out = Math.hypot(to.x - cx, to.y - cy) || 1;
    const ux = (to.x - cx) / out,
      uy = (to.y - cy) / out;
    const gap = to.size * 1.1 + 3;
    const ex = to.x - ux * gap,
      ey = to.y - uy * gap;
    return { cx, cy, ux, uy, ex, ey, mx: (from.x + 2 * cx + to.x) / 4, my: (from.y + 2 * cy + to.y) / 4 };
  }

  drawEdge(pen, edge, alpha, raised = false) {
    const line = LINES[edge.tone],
      way = this.course(edge),
      k = Math.max(0.55, Math.min(1, this.zoom)) / this.zoom;
    pen.globalAlpha = alpha;
    pen.strokeStyle = pen.fillStyle = this.palette[line.colour];
    const many = Math.min(1.6, 0.35 * Math.log2(edge.live.length || 1));
    pen.lineWidth = (line.width + many + (edge === this.focus.edge ? 2 : raised ? 0.7 : 0)) * k;
    pen.setLineDash(line.dash.map((part) => part * k));
    pen.lineCap = line.dash[0] < 2 ? "round" : "butt";
    pen.beginPath();
    if (way.loop) pen.arc(way.loop.x, way.loop.y, way.loop.r, 0, 2 * Math.PI);
    else {
      pen.moveTo(edge.from.x, edge.from.y);
      pen.quadraticCurveTo(way.cx, way.cy, way.ex, way.ey);
    }
    pen.stroke();
    pen.setLineDash([]);
    if (!way.loop && (raised || this.zoom > 0.6)) this.drawArrow(pen, way, (raised ? 9 : 6) * k);
    if (line.mark && (raised || this.zoom > 0.45)) this.drawMark(pen, way, line.mark, (raised ? 5.5 : 4.4) * k);
    if (edge.dispute && (raised || this.zoom > 0.45)) this.drawTicks(pen, edge, way, (raised ? 5.5 : 4.2) * k);
    pen.globalAlpha = 1;
  }

  /** Short strokes across a line: somebody says otherwise; two if that is a genuine conflict. */
  drawTicks(pen, edge, way, size) {
    const { from } = edge,
      t = 0.34,
      mix = (a, b, c) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c,
      slope = (a, b, c) => (1 - t) * (b - a) + t * (c - b);
    const [x, y, dx, dy] = way.loop
      ? [way.loop.x - way.loop.r, way.loop.y, 0, 1]
      : [
          mix(from.x, way.cx, way.ex),
          mix(from.y, way.cy, way.ey),
          slope(from.x, way.cx, way.ex),
          slope(from.y, way.cy, way.ey),
        ];
    const length = Math.hypot(dx, dy) || 1,
      ux = dx / length,
      uy = dy / length,
      many = TICKS[edge.dispute];
    pen.lineCap = "round";
    pen.lineWidth = size * 0.36;
    pen.strokeStyle = this.palette.warn;
    pen.beginPath();
    for (let i = 0; i < many; i++) {
      const along = (i - (many - 1) / 2) * size * 0.95;
      const [px, py] = [x + ux * along, y + uy * along];
      pen.moveTo(px - uy * size + ux * size * 0.35, py + ux * size + uy * size * 0.35);
      pen.lineTo(px + uy * size - ux * size * 0.35, py - ux * size - uy * size * 0.35);
    }
    pen.stroke();
  }

  drawArrow(pen, { ex, ey, ux, uy }, size) {
    pen.beginPath();
    pen.moveTo(ex + ux * 2, ey + uy * 2);
    pen.lineTo(ex - ux * size - uy * size * 0.45, ey - uy * size + ux * size * 0.45);
    pen.lineTo(ex - ux * size + uy * size * 0.45, ey - uy * size - ux * size * 0.45);
    pen.fill();
  }

  /** A cross: only denials; a not-equal sign: some claims say so, some say not. */
  drawMark(pen, { mx, my }, mark, r) {
    pen.lineCap = "round";
    pen.lineWidth = r * 0.38;
    pen.fillStyle = this.palette.bg;
    pen.beginPath();
    pen.arc(mx, my, r * 1.25, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    pen.beginPath();
    const q = r * 0.52;
    const strokes =
      mark === "cross"
        ? [
            [-q, -q, q, q],
            [-q, q, q, -q],
          ]
        : [
            [-q, -q / 2, q, -q / 2],
            [-q, q / 2, q, q / 2],
            [q * 0.6, -q, -q * 0.6, q],
          ];
    for (const [x0, y0, x1, y1] of strokes) {
      pen.moveTo(mx + x0, my + y0);
      pen.lineTo(mx + x1, my + y1);
    }
    pen.stroke();
  }

  drawNode(pen, node, alpha) {
    const path = new Path2D(outline(node.shape, node.x, node.y, Math.max(node.size, 3.4 / this.zoom)));
    pen.globalAlpha = alpha;
    pen.fillStyle = this.palette[node.family];
    pen.strokeStyle = this.palette.bg;
    pen.lineWidth = 1.6 / this.zoom;
    pen.stroke(path);
    pen.fill(path);
    if (node === this.focus.root || node === this.hover.node) {
      pen.strokeStyle = this.palette.fg;
      pen.lineWidth = (node === this.focus.root ? 3 : 2) / this.zoom;
      pen.stroke(path);
    }
    pen.globalAlpha = 1;
  }

  nodeBox(node) {
    const { x, y } = this.toScreen(node),
      r = node.size * this.zoom;
    return { x0: x - r, y0: y - r, x1: x + r, y1: y + r, node };
  }

  // --- where things are ---

  toGraph(x, y) {
    return { x: (x - this.left) / this.zoom, y: (y - this.top) / this.zoom };
  }

  toScreen({ x, y }) {
    return { x: x * this.zoom + this.left, y: y * this.zoom + this.top };
  }

  onScreen(node) {
    const { x, y } = this.toScreen(node);
    return x > -60 && y > -30 && x < this.width + 60 && y < this.height + 30;
  }

  moveTo(point, zoom, dx = 0, dy = 0) {
    this.zoom = Math.min(4, Math.max(0.08, zoom));
    this.left = this.width / 2 - point.x * this.zoom + dx;
    this.top = this.height / 2 - point.y * this.zoom + dy;
    this.redraw();
  }

  zoomBy(factor, x = this.width / 2, y = this.height / 2) {
    const before = this.toGraph(x, y);
    this.zoom = Math.min(4, Math.max(0.08, this.zoom * factor));
    this.left = x - before.x * this.zoom;
    this.top = y - before.y * this.zoom;
    this.redraw();
  }

  /** Brings these nodes into the part of the canvas that nothing covers; if they are too far apart, the one they are about. */
  fit(some = this.nodes, { least = 0, most = 1.6, moving = true, about = null } = {}) {
    if (!this.width) return void (this.waiting = [some, { least, most, about, moving: false }]);
    this.waiting = null;
    if (!some.length) return;
    const { left, right, top, bottom } = this.inset;
    const xs = some.map((n) => n.x),
      ys = some.map((n) => n.y);
    const x0 = Math.min(...xs),
      x1 = Math.max(...xs),
      y0 = Math.min(...ys),
      y1 = Math.max(...ys);
    const small = this.width < 560,
      margin = small ? 70 : 120;
    const wide = Math.max(60, this.width - left - right - margin),
      high = Math.max(60, this.height - top - bottom - (small ? 44 : 96));
    const fitting = Math.min(most, wide / (x1 - x0 || 1), high / (y1 - y0 || 1)),
      zoom = Math.max(least, fitting);
    const point = about && zoom > fitting ? { x: about.x, y: about.y } : { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
    const target = { point, zoom, dx: (left - right) / 2, dy: (top - bottom) / 2 };
    this.travel(target, moving);
  }

  travel({ point, zoom, dx, dy }, moving) {
    cancelAnimationFrame(this.journey);
    if (!moving || matchMedia("(prefers-reduced-motion: reduce)").matches) return this.moveTo(point, zoom, dx, dy);
    const start = performance.now(),
      from = { zoom: this.zoom, ...this.toGraph(this.width / 2 + dx, this.height / 2 + dy) };
    const step = (now) => {
      const part = Math.min(1, (now - start) / 320),
        eased = part * (2 - part);
      const mix = (a, b) => a + (b - a) * eased;
      this.moveTo({ x: mix(from.x, point.x), y: mix(from.y, point.y) }, mix(from.zoom, zoom), dx, dy);
      if (part < 1) this.journey = requestAnimationFrame(step);
    };
    this.journey = requestAnimationFrame(step);
  }
}

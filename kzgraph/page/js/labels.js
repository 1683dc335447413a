// ---------------------------------------------------------------------------------------------
// Labels: of constant size, the weightiest first, none upon another.
// ---------------------------------------------------------------------------------------------

Object.assign(GraphView.prototype, {
  drawLabels(pen, raised) {
    const taken = this.nodes.filter((node) => this.lit(node)).map((node) => this.nodeBox(node));
    const weighty = this.nodes.length > 24 ? weight(this.nodes[Math.min(23, this.nodes.length - 1)]) : 0;
    const occupied = new Crowd(taken);
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const chosen = this.focus.nodes.size > 0;
    const ranked = this.nodes.filter((node) => this.lit(node) && this.onScreen(node));
    const first = (node) => (node === this.focus.root ? 2 : node === this.hover.node ? 1 : 0);
    ranked.sort((a, b) => first(b) - first(a));
    this.drawCaption(pen, occupied);
    for (const node of ranked.slice(0, 400)) {
      const must = first(node) > 0 ? "surely" : chosen && this.focus.nodes.size <= 25;
      this.drawLabel(pen, node, occupied, must, !node.alone && weight(node) >= weighty);
    }
    const named = raised.filter((edge) => !edge.speech || edge === this.hover.edge || edge === this.focus.edge);
    const few =
      named.length <= 30 ? named : named.filter((edge) => edge === this.hover.edge || edge === this.focus.edge);
    for (const edge of few) this.drawEdgeLabel(pen, edge, occupied);
  },

  drawLabel(pen, node, occupied, must, weighty, widest = node.alone ? 150 : 128) {
    const strong = node === this.focus.root || node.claims >= 12;
    const size = strong ? 13 : node.alone ? 11 : 12;
    pen.font = `${strong ? "600 " : ""}${size}px ${FONT}`;
    const lines = this.wrapped(pen, node, strong, widest);
    const width = Math.max(...lines.map((line) => pen.measureText(line).width)),
      height = lines.length * (size + (node.alone ? 1 : 2));
    const { x, y } = this.toScreen(node),
      r = node.size * this.zoom * 1.1 + 2;
    const spots = [
      [x - width / 2, y + r],
      [x + r + 2, y - height / 2],
      [x - r - 2 - width, y - height / 2],
      [x - width / 2, y - r - height],
    ];
    if (overview())
      for (const left of [x + r / 2, x - r / 2 - width])
        spots.push([left, y + r - height / 3], [left, y - r - (2 * height) / 3]);
    if (node.alone && !filters.scope) spots.unshift(spots.splice(1, 1)[0]);
    const inside = ([left, top]) =>
      left > 2 && top > 2 && left + width < this.width - 2 && top + height < this.height - 2;
    const free = ([left, top], least, slack = 0) =>
      occupied.free(left + slack, top + slack, left + width - slack, top + height - slack, node, least);
    let spot = spots.find((at) => inside(at) && free(at, -Infinity));
    if (!spot && (weighty || must)) spot = spots.find((at) => inside(at) && free(at, 0.6 * weight(node)));
    if (!spot && must)
      spot =
        spots.find((at) => inside(at) && free(at, Infinity, 3)) ??
        (must === "surely" || this.zoom > 0.65 ? spots[0] : undefined);
    if (!spot && (node.alone || overview()) && widest > 90) return this.drawLabel(pen, node, occupied, must, weighty, 84);
    if (!spot) return;
    const [left, top] = spot;
    occupied.add({ x0: left, y0: top, x1: left + width, y1: top + height, label: true });
    pen.textAlign = "center";
    lines.forEach((line, index) =>
      this.haloed(pen, line, left + width / 2, top + (index + 0.5) * (size + 2), this.palette.fg),
    );
  },

  /** Gives a label's lines: two at most, cut with an ellipsis; the root's own label may take three. */
  wrapped(pen, node, strong, width) {
    const root = node === this.focus.root || node === this.hover.node;
    const key = `${node.id}|${strong}|${root}|${width}`;
    if (this.boxes.has(key)) return this.boxes.get(key);
    const [widest, most] = root ? [200, 3] : [width, node.alone ? 1 : 2];
    const words = clip(plain(node.label), 160).split(/\s+/);
    const lines = [""];
    for (const word of words) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (pen.measureText(longer).width <= widest || !lines.at(-1)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    const cut = lines.slice(0, most);
    if (lines.length > most) cut[most - 1] += "…";
    const fitted = cut.map((line) => {
      if (pen.measureText(line).width <= widest) return line;
      let short = line.replace(/…$/, "");
      while (short.length > 1 && pen.measureText(`${short}…`).width > widest) short = short.slice(0, -1);
      return `${short.trimEnd()}…`;
    });
    this.boxes.set(key, fitted);
    return fitted;
  },

  drawEdgeLabel(pen, edge, occupied) {
    const way = this.course(edge),
      { x, y } = this.toScreen({ x: way.mx, y: way.my });
    const text = clip(plain(edge.label), 40);
    pen.font = `11px ${FONT}`;
    const half = pen.measureText(text).width / 2,
      marked = Boolean(LINES[edge.tone].mark);
    const must = edge === this.hover.edge || edge === this.focus.edge;
    const spot = (marked ? [15, -15] : [0, -13, 13])
      .map((dy) => y + dy)
      .find((at) => occupied.free(x - half, at - 7, x + half, at + 7));
    if (spot === undefined && !must) return;
    const at = spot ?? y + (marked ? 15 : 0);
    occupied.add({ x0: x - half, y0: at - 7, x1: x + half, y1: at + 7, label: true });
    pen.textAlign = "center";
    const colour = ["against", "mixed"].includes(edge.tone) ? this.palette.against : this.palette.muted;
    this.haloed(pen, text, x, at, colour);
  },

  /** Names the block of nodes that no line reaches. */
  drawCaption(pen, occupied) {
    const alone = this.nodes.filter((node) => node.alone);
    if (alone.length < 3 || this.focus.nodes.size || filters.scope || this.width < 560) return;
    const { x, y } = this.toScreen({
      x: Math.min(...alone.map((n) => n.x)),
      y: Math.min(...alone.map((n) => n.y - n.size)),
    });
    const text = "Without lines: they speak, or only figures and texts are claimed of them";
    pen.font = `italic 12px ${FONT}`;
    pen.textAlign = "left";
    const left = Math.max(12, x - 40),
      top = y - 22;
    occupied.add({ x0: left, y0: top - 8, x1: left + pen.measureText(text).width, y1: top + 8, label: true });
    this.haloed(pen, text, left, top, this.palette.muted);
  },

  haloed(pen, text, x, y, colour) {
    pen.strokeStyle = this.palette.bg;
    pen.lineWidth = 3.5;
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  },
});

/** Gives how early a node gets its label. */
function weight(node) {
  return node.claims + 0.4 * node.said.length + (node.alone ? -1000 : 0);
}

/** Boxes on the screen, in a grid, so that the many are not each compared with all. */
class Crowd {
  constructor(boxes) {
    this.cells = new Map();
    for (const box of boxes) this.add(box);
  }

  *keys(x0, y0, x1, y1) {
    for (let i = Math.floor(x0 / 90); i <= Math.floor(x1 / 90); i++)
      for (let j = Math.floor(y0 / 50); j <= Math.floor(y1 / 50); j++) yield i * 100003 + j;
  }

  add(box) {
    for (const key of this.keys(box.x0, box.y0, box.x1, box.y1)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  /** Tells whether a box meets no label, and no other node that weighs at least so much. */
  free(x0, y0, x1, y1, own = null, least = -Infinity) {
    for (const key of this.keys(x0, y0, x1, y1))
      for (const box of this.cells.get(key) ?? [])
        if (
          (box.label || (box.node !== own && weight(box.node) >= least)) &&
          x0 < box.x1 &&
          x1 > box.x0 &&
          y0 < box.y1 &&
          y1 > box.y0
        )
          return false;
    return true;
  }
}

// ---------------------------------------------------------------------------------------------
// Pointer: drag, wheel, pinch, hover and click on the canvas.
// ---------------------------------------------------------------------------------------------

Object.assign(GraphView.prototype, {
  listen() {
    const { canvas } = this,
      held = new Map();
    let moved = 0,
      spread = 0;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      held.set(event.pointerId, this.spot(event));
      if (held.size === 1) moved = 0;
      spread = 0;
      cancelAnimationFrame(this.journey);
    });
    canvas.addEventListener("pointermove", (event) => {
      const now = this.spot(event),
        before = held.get(event.pointerId);
      if (!before) return void (event.pointerType === "mouse" && this.hoverAt(now));
      held.set(event.pointerId, now);
      moved += Math.hypot(now.x - before.x, now.y - before.y);
      if (held.size > 1) spread = this.pinch([...held.values()], spread);
      else if (moved > 4) {
        this.left += now.x - before.x;
        this.top += now.y - before.y;
        this.redraw();
      }
    });
    const release = (event) => {
      const alone = held.size === 1 && held.delete(event.pointerId);
      held.delete(event.pointerId);
      if (alone && event.type === "pointerup" && moved <= 6)
        this.clickAt(this.spot(event), event.pointerType !== "mouse");
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("pointerleave", () => this.hoverAt(null));
    canvas.addEventListener("dblclick", (event) => {
      const at = this.spot(event),
        { node } = this.hit(at);
      if (node) this.handlers.onExpand(node);
      else this.zoomBy(1.6, at.x, at.y);
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const { x, y } = this.spot(event);
        this.zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), x, y);
      },
      { passive: false },
    );
  },

  spot(event) {
    const frame = this.canvas.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  },

  pinch([a, b], before) {
    const now = Math.hypot(a.x - b.x, a.y - b.y);
    if (before) this.zoomBy(now / before, (a.x + b.x) / 2, (a.y + b.y) / 2);
    return now;
  },

  hoverAt(point) {
    const found = point ? this.hit(point) : { node: null, edge: null };
    if (found.node === this.hover.node && found.edge === this.hover.edge) return;
    this.hover = found;
    this.canvas.classList.toggle("pointing", Boolean(found.node || found.edge));
    this.redraw();
  },

  clickAt(point, touch) {
    const { node, edge } = this.hit(point, touch);
    if (node) this.handlers.onNode(node);
    else if (edge) this.handlers.onEdge(edge);
    else this.handlers.onNothing();
  },

  /** Gives the node, or else the edge, at a point of the screen. */
  hit(point, touch = false) {
    const at = this.toGraph(point.x, point.y),
      reach = (touch ? 18 : 6) / this.zoom;
    const distance = (node) => Math.hypot(node.x - at.x, node.y - at.y);
    let best = null;
    for (const node of this.nodes) {
      if (distance(node) < Math.max(node.size * 1.15, reach) && (!best || distance(node) < distance(best))) best = node;
    }
    if (best) return { node: best, edge: null };
    let nearest = reach,
      found = null;
    for (const edge of this.edges) {
      if (edge.speech && !this.speechShown() && !this.focus.edges.has(edge)) continue;
      if (this.focus.nodes.size && !this.focus.edges.has(edge)) continue;
      const off = this.offEdge(edge, at);
      if (off < nearest) [nearest, found] = [off, edge];
    }
    return { node: null, edge: found };
  },

  /** Gives how far a point lies from an edge, along a dozen chords of its curve. */
  offEdge(edge, at) {
    const way = this.course(edge);
    if (way.loop) return Math.abs(Math.hypot(at.x - way.loop.x, at.y - way.loop.y) - way.loop.r);
    let least = Infinity,
      px = edge.from.x,
      py = edge.from.y;
    for (let i = 1; i <= 12; i++) {
      const t = i / 12,
        u = 1 - t;
      const x = u * u * edge.from.x + 2 * u * t * way.cx + t * t * way.ex;
      const y = u * u * edge.from.y + 2 * u * t * way.cy + t * t * way.ey;
      const dx = x - px,
        dy = y - py,
        along = Math.max(0, Math.min(1, ((at.x - px) * dx + (at.y - py) * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, Math.hypot(px + along * dx - at.x, py + along * dy - at.y));
      [px, py] = [x, y];
    }
    return least;
  },
});

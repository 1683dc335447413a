// ---------------------------------------------------------------------------------------------
// Shapes: the outline of each family, and the line for each way in which a thing is said.
// ---------------------------------------------------------------------------------------------

/** Gives the outline of a family's shape about a point, as SVG path data. */
function outline(shape, x, y, r) {
  const at = (dx, dy) => `${(x + dx * r).toFixed(2)} ${(y + dy * r).toFixed(2)}`;
  const polygon = (points) => `M${points.map(([dx, dy]) => at(dx, dy)).join("L")}Z`;
  const disc = (dx, dy, q) =>
    `M${at(dx - q, dy)}a${q * r} ${q * r} 0 1 0 ${2 * q * r} 0a${q * r} ${q * r} 0 1 0 ${-2 * q * r} 0Z`;
  const ring = (n, turn, radii) =>
    polygon(
      Array.from({ length: n }, (_, i) => {
        const angle = turn + (i * 2 * Math.PI) / n;
        const q = radii[i % radii.length];
        return [q * Math.cos(angle), q * Math.sin(angle)];
      }),
    );
  switch (shape) {
    case "square":
      return polygon([
        [-0.88, -0.88],
        [0.88, -0.88],
        [0.88, 0.88],
        [-0.88, 0.88],
      ]);
    case "pair":
      return disc(-0.48, 0, 0.72) + disc(0.48, 0, 0.72);
    case "shield":
      return polygon([
        [-0.95, -0.85],
        [0.95, -0.85],
        [0.95, 0.1],
        [0, 1.1],
        [-0.95, 0.1],
      ]);
    case "diamond":
      return polygon([
        [0, -1.2],
        [1.2, 0],
        [0, 1.2],
        [-1.2, 0],
      ]);
    case "triangle":
      return polygon([
        [0, -1.15],
        [1.15, 0.9],
        [-1.15, 0.9],
      ]);
    case "hexagon":
      return ring(6, 0, [1.1]);
    case "plus":
      return polygon([
        [-0.4, -1.1],
        [0.4, -1.1],
        [0.4, -0.4],
        [1.1, -0.4],
        [1.1, 0.4],
        [0.4, 0.4],
        [0.4, 1.1],
        [-0.4, 1.1],
        [-0.4, 0.4],
        [-1.1, 0.4],
        [-1.1, -0.4],
        [-0.4, -0.4],
      ]);
    case "star":
      return ring(10, -Math.PI / 2, [1.3, 0.6]);
    case "sheet":
      return polygon([
        [-0.8, -1.05],
        [0.3, -1.05],
        [0.8, -0.5],
        [0.8, 1.05],
        [-0.8, 1.05],
      ]);
    default:
      return disc(0, 0, 1);
  }
}

const FONT = '"Noto Sans", system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const LINES = {
  asserted: { colour: "edge", dash: [], width: 1.1 },
  alleged: { colour: "alleged", dash: [1.5, 4], width: 1.9 },
  foreseen: { colour: "foreseen", dash: [9, 5], width: 1.3 },
  against: { colour: "against", dash: [6, 4], width: 1.7, mark: "cross" },
  mixed: { colour: "against", dash: [], width: 1.9, mark: "differ" },
  speech: { colour: "speech", dash: [1, 5], width: 1.4 },
};
/** How many strokes cross the line of what is disputed. */
const TICKS = { genuine: 2, unresolved: 1 };

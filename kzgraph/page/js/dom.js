// ---------------------------------------------------------------------------------------------
// DOM: elements are made and filled as text; nothing here or elsewhere parses a text as HTML.
// ---------------------------------------------------------------------------------------------

const $ = (selector) => document.querySelector(selector);
const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; children are elements, texts, or lists of them; functions become listeners. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(key, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Gives a text of others its own direction, so that it cannot reorder what stands around it. */
const own = (text, attributes = {}) => el("bdi", { dir: "auto", ...attributes }, plain(text));

function svg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Gives a family's shape as a small picture. */
function glyph(family) {
  const path = svg("path", { d: outline(families.get(family).shape, 9, 9, 6.4), class: `fill-${family}` });
  return svg("svg", { viewBox: "0 0 18 18", class: "glyph", "aria-hidden": "true" }, path);
}

/** Gives a sample of a line for the legend. */
function lineSample(tone) {
  const line = LINES[tone];
  const picture = svg("svg", { viewBox: "0 0 44 14", class: "line", "aria-hidden": "true" });
  const stroke = {
    class: `stroke-${line.colour}`,
    "stroke-width": line.width + 0.4,
    "stroke-dasharray": line.dash.join(" "),
  };
  picture.append(
    svg("path", { d: "M1 7H43", fill: "none", "stroke-linecap": line.dash[0] < 2 ? "round" : "butt", ...stroke }),
  );
  if (line.mark) {
    const drawn = line.mark === "cross" ? "M19 4l6 6M19 10l6-6" : "M18.5 5.4h7M18.5 8.6h7M24.5 3.4l-5 7.2";
    picture.append(svg("circle", { cx: 22, cy: 7, r: 6, class: `mark stroke-${line.colour}`, "stroke-width": 1.4 }));
    picture.append(svg("path", { d: drawn, fill: "none", class: `stroke-${line.colour}`, "stroke-width": 1.6 }));
  }
  return picture;
}

/** Gives the sign of how a conflict stands: strokes across a line, as in the graph, or a wave for what only looks like one. */
function disputeSign(status, wide = false) {
  const middle = wide ? 22 : 9,
    strokes = { genuine: [-2.4, 2.4], unresolved: [0] }[status];
  const picture = svg("svg", { viewBox: `0 0 ${2 * middle} 14`, class: wide ? "line" : "sign", "aria-hidden": "true" });
  const line = strokes ? `M1 7H${2 * middle - 1}` : "M2 7c2.5-4 4.5-4 7 0s4.5 4 7 0";
  picture.append(svg("path", { d: line, fill: "none", class: "stroke-edge", "stroke-width": 1.5 }));
  if (strokes) {
    const d = strokes.map((x) => `M${middle + x - 1.6} 12L${middle + x + 1.6} 2`).join("");
    picture.append(
      svg("path", { d, fill: "none", class: "stroke-warn", "stroke-width": 1.9, "stroke-linecap": "round" }),
    );
  }
  return picture;
}

/** Gives a button that goes to a node, or plain text for what is no node. */
function nodeLink(id) {
  const node = nodes.get(id);
  if (!node) return own(id);
  return el("button", { class: "link", type: "button", click: () => goTo({ node }) }, own(node.label));
}

function announce(text) {
  $("#live").textContent = plain(text);
}

"""Geometry of a picture: boxes that keep their labels clear of one another, and parts packed side by side.

Plain Python arithmetic in a fixed order, so that the same input gives the same picture on any machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import atan2, cos, sin, sqrt
from typing import NamedTuple

Point = tuple[float, float]
Places = dict[str, Point]

#: Labels are wrapped to about this many letters, on at most two lines.
LABEL_LETTERS = 18
#: Of more nodes than this, not all are seen at once.
LARGE = 250
_LETTER, _LINE = 6.4, 14.0
_WIDTH_TO_HEIGHT = 1.3
_ROUNDS = 300
_GAP = 46.0
_SCREEN = 720.0  # the usual width of a picture on a screen, in pixels


class Box(NamedTuple):
    """The room that a node takes: half its width, and how far it reaches above and below its centre."""

    half: float
    above: float
    below: float


def radius(claims: int) -> float:
    """Gives the size of a node that so many claims are about, in pixels at zoom 1.

    >>> radius(0), radius(16), radius(10_000)
    (6.0, 14.0, 30.0)
    """
    return round(min(30.0, 6 + 2 * sqrt(claims)), 1)


def label_box(label: str, *, claims: int, share: float = 1.0) -> Box:
    """Gives the room of a node with its label below it; ``share`` is how much of the label gets room."""
    size = radius(claims)
    lines = 1 if len(label) <= LABEL_LETTERS else 2
    letters = min(len(label), LABEL_LETTERS)
    return Box(max(size + 3, share * letters * _LETTER / 2 + 3), size + 3, size + 4 + share * lines * _LINE)


def label_share(count: int) -> float:
    """Gives how much of each label gets room in a picture of so many nodes: all labels only while they can be read.

    >>> label_share(100), label_share(600), label_share(10_000)
    (1.0, 0.5, 0.4)
    """
    return max(0.4, min(1.0, sqrt(150 / max(count, 1))))


def spread(points: Mapping[str, Point], boxes: Mapping[str, Box]) -> Places:
    """Turns, scales and loosens a part so that it lies flat and its boxes do not overlap."""
    return _part_boxes(_scaled(_turned(points), boxes), boxes)


def arrange(parts: Sequence[Places], alone: Sequence[str], boxes: Mapping[str, Box]) -> Places:
    """Packs connected parts, the first on top and the others in rows below, then the block of lone nodes."""
    bounds = [_bounds(part, boxes) for part in parts]
    width = max([right - left for left, _, right, _ in bounds] + [600.0])
    if not parts:
        width = max(600.0, sqrt(len(alone)) * 180)
    elif len(boxes) > LARGE:
        width = max(width, 1.1 * sqrt(sum((right - left) * (bottom - top) for left, top, right, bottom in bounds)))
    places: Places = {}
    x = y = row = 0.0
    for part, (left, top, right, bottom) in zip(parts, bounds, strict=True):
        if x and x + right - left > width:
            x, y, row = 0.0, y + row + _GAP, 0.0
        places |= {node: (px - left + x, py - top + y) for node, (px, py) in part.items()}
        x, row = x + right - left + _GAP, max(row, bottom - top)
    places |= _block(alone, boxes, width=width, top=y + row + 2 * _GAP if parts else 0.0)
    return _centred(places)


def _block(alone: Sequence[str], boxes: Mapping[str, Box], *, width: float, top: float) -> Places:
    """Gives lone nodes the cells of a table, row by row, each with room for one line of label to its right."""
    if not alone:
        return {}
    size = max(boxes[node].above for node in alone)
    large = len(boxes) > LARGE  # then nobody sees all at once, and labels wait until one comes near
    smaller = 1.0 if large else max(1.0, width / _SCREEN, top / _SCREEN * 1.15)
    cell = smaller * (LABEL_LETTERS * _LETTER + 40)
    height = max(2 * size + 4, smaller * _LINE)
    columns = max(1, int(width // cell))
    step = width / columns
    return {node: (i % columns * step + size, top + (i // columns + 0.5) * height) for i, node in enumerate(alone)}


def _centred(places: Places) -> Places:
    """Moves the middle of all to the origin, and rounds to a tenth of a pixel."""
    if not places:
        return {}
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    mx, my = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {node: (round(x - mx, 1) + 0.0, round(y - my, 1) + 0.0) for node, (x, y) in sorted(places.items())}


def _bounds(part: Places, boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[node].half for node, (x, _) in part.items()),
        min(y - boxes[node].above for node, (_, y) in part.items()),
        max(x + boxes[node].half for node, (x, _) in part.items()),
        max(y + boxes[node].below for node, (_, y) in part.items()),
    )


def _turned(points: Mapping[str, Point]) -> Places:
    """Turns a part about its middle so that its longer side lies flat."""
    count = len(points)
    mx, my = sum(x for x, _ in points.values()) / count, sum(y for _, y in points.values()) / count
    flat = {node: (x - mx, y - my) for node, (x, y) in points.items()}
    xx, yy = sum(x * x for x, _ in flat.values()), sum(y * y for _, y in flat.values())
    angle = -atan2(2 * sum(x * y for x, y in flat.values()), xx - yy) / 2
    c, s = cos(angle), sin(angle)
    return {node: (x * c - y * s, x * s + y * c) for node, (x, y) in flat.items()}


def _scaled(points: Places, boxes: Mapping[str, Box]) -> Places:
    """Gives a part the room that its boxes need, half again, and draws in what lies far out."""
    count = len(points)
    room = 1.5 * sum(2 * boxes[node].half * (boxes[node].above + boxes[node].below) for node in points)
    sx = sqrt(sum(x * x for x, _ in points.values()) / count) or 1.0
    sy = sqrt(sum(y * y for _, y in points.values()) / count) or 1.0
    wide = _WIDTH_TO_HEIGHT if count > 2 else 1.0
    kx, ky = sqrt(room * wide) / (3.4 * sx), sqrt(room / wide) / (3.4 * sy)
    if sy < 0.05 * sx:
        ky = kx
    limit_x, limit_y = 2.2 * sx * kx, 2.2 * sy * ky or 1.0
    return {node: (_eased(x * kx, limit_x), _eased(y * ky, limit_y)) for node, (x, y) in points.items()}


def _eased(value: float, limit: float) -> float:
    """Gives the value, or beyond the limit a quarter of what is beyond it."""
    beyond = abs(value) - limit
    return value if beyond <= 0 else (limit + beyond / 4) * (1 if value > 0 else -1)


def _part_boxes(points: Places, boxes: Mapping[str, Box]) -> Places:
    """Pushes overlapping boxes apart, along the shorter way, until none overlap or the rounds are over."""
    places = {node: [x, y] for node, (x, y) in points.items()}
    cell = max(2 * max(box.half, (box.above + box.below) / 2) for box in (boxes[node] for node in points))
    for _ in range(_ROUNDS):
        moved = False
        for a, b in list(_near(places, cell)):
            moved |= _push(places[a], places[b], boxes[a], boxes[b])
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in places.items()}


def _near(places: Mapping[str, list[float]], cell: float) -> Iterator[tuple[str, str]]:
    """Gives the pairs that lie in the same or neighbouring cells of a grid, in a fixed order."""
    grid: dict[tuple[int, int], list[str]] = defaultdict(list)
    for node, (x, y) in places.items():
        grid[int(x // cell), int(y // cell)].append(node)
    for (column, row), members in grid.items():
        for i, a in enumerate(members):
            yield from ((a, b) for b in members[i + 1 :])
            for dc, dr in ((1, 0), (-1, 1), (0, 1), (1, 1)):
                yield from ((a, b) for b in grid.get((column + dc, row + dr), ()))


def _push(a: list[float], b: list[float], box_a: Box, box_b: Box) -> bool:
    """Moves two places apart by half of what their boxes overlap; tells whether it did."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    over_x = box_a.half + box_b.half - abs(dx)
    over_y = (box_a.below + box_b.above - dy) if dy >= 0 else (box_b.below + box_a.above + dy)
    if over_x <= 0.5 or over_y <= 0.5:
        return False
    if over_x < over_y:
        step = over_x / 2 * (1 if dx >= 0 else -1)
        a[0], b[0] = a[0] - step, b[0] + step
    else:
        step = over_y / 2 * (1 if dy >= 0 else -1)
        a[1], b[1] = a[1] - step, b[1] + step
    return True

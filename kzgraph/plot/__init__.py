"""Contested figures as a picture: SVG that needs no script, no style sheet and no network, and reads without colour.

One row a figure. A dot is an exact figure, a ring one that is said to be about so many, a bar a range, and an arrow an
open bound. Figures of different units never share a scale, and nothing is added up or averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape

from ..analysis.contested import UNCONTESTED, Figure, Group
from ..analysis.reckoning import dated, named, scope_of
from ..namespaces import shorten
from ..plaintext import printable
from ..prose import chain, marks
from .scales import Scale, plain

WIDTH = 800
_LEFT, _PLOT, _RIGHT = 16, (300, 560), 584  # where the labels, the scale and the words begin; the scale's end
_ROW, _LINE, _AXIS = 56, 18, 40
FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif"
INK, _FAINT, _RULE = "#1a1a1a", "#4a4a4a", "#d0d0d0"

#: Colour and words of each status; the contrast of each colour with white is above 5 to 1.
LEGEND = {
    "genuine": ("#b3261e", "genuine conflict"),
    "unresolved": ("#8a5300", "unresolved"),
    "explained": ("#1f5fa8", "explained, no conflict"),
    "uncontested": ("#1a1a1a", "uncontested"),
}


def svg(groups: Iterable[Group], title: str = "Figures", *, headed: bool = True) -> str:
    """Gives the picture of some groups as one SVG file; not headed, it shows no title, but has one nevertheless."""
    parts: list[str] = []
    y = _header(parts, title if headed else None)
    listed = list(groups)
    if not listed:
        parts.append(_text(_LEFT, y + 10, "No figures are given here.", size=15))
        y += 40
    for group in listed:
        y = _draw(parts, group, y)
    described = f"{sum(len(group.figures) for group in listed)} figures in {len(listed)} groups, one row a figure."
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img"'
        f' aria-labelledby="title desc" font-family="{FONT}" font-size="13">\n'
        f'<title id="title">{safe(title)}</title>\n'
        f'<desc id="desc">{described} Each row tells the speaker, the document, the figure as printed and whether'
        " somebody says otherwise. Nothing is averaged.</desc>\n"
        f'<rect width="{WIDTH}" height="{y}" fill="#ffffff"/>'
    )
    return "\n".join((head, *parts, "</svg>")) + "\n"


def _header(parts: list[str], title: str | None) -> int:
    """Draws the title and the legend; gives where they end."""
    y = 34 if title else 20
    for line in _lines(title, 70) if title else ():
        parts.append(_text(_LEFT, y, line, size=20, weight=700))
        y += 26
    x = _LEFT
    for colour, words in LEGEND.values():
        parts += [f'<circle cx="{x + 6}" cy="{y - 4}" r="6" fill="{colour}"/>', _text(x + 18, y, words)]
        x += 40 + round(6.6 * len(words))
    y += 24
    x = _LEFT
    for mark, words in (("dot", "exact"), ("ring", "about"), ("bar", "range"), ("arrow", "open bound")):
        parts += [*_sample(mark, x, y - 4), _text(x + 34, y, words)]
        x += 56 + round(6.6 * len(words))
    return y + 20


def _sample(mark: str, x: int, y: int) -> list[str]:
    match mark:
        case "dot":
            return [_dot(x + 14, y, INK)]
        case "ring":
            return [_dot(x + 14, y, INK, hollow=True)]
        case "bar":
            return _bar(x, x + 28, y, INK)
        case _:
            return _arrow(x, x + 28, y, INK)


def _draw(parts: list[str], group: Group, y: int) -> int:
    """Draws a group below some height; gives where it ends."""
    y += 16
    parts.append(f'<line x1="{_LEFT}" y1="{y}" x2="{WIDTH - 16}" y2="{y}" stroke="{_RULE}"/>')
    y += 26
    for line in _lines(group.title, 96):
        parts.append(_text(_LEFT, y, line, size=15, weight=600))
        y += 20
    several = len(group.subjects) > 1
    height = _ROW + (_LINE + 4 if several else 0)
    for unit, figures in _panels(group):
        scale = Scale.of(bound for figure in figures for bound in (figure.lower, figure.upper))
        top = y
        bottom = top + height * len(figures)
        if scale:
            parts += _axis(scale, top, bottom, unit)
        for place, figure in enumerate(figures):
            middle = top + place * height + height // 2
            parts += _row(figure, scale, middle, figure.claim.subject.label if several else None)
        y = bottom + (_AXIS if scale else 6)
    return y


def _panels(group: Group) -> Iterator[tuple[str, list[Figure]]]:
    """Gives the figures of a group by what they count, each with the name of its unit; figures in words come last."""
    found: dict[str, list[Figure]] = {}
    for figure in group.figures:
        found.setdefault(figure.value.unit or "", []).append(figure)
    for unit, figures in sorted(found.items(), key=lambda each: not each[0]):
        yield unit.replace("-", " "), figures


def _axis(scale: Scale, top: int, bottom: int, unit: str) -> list[str]:
    """Draws the lines of a scale, with their values and the unit below."""
    parts = []
    for tick in scale.ticks:
        x = _at(scale, tick)
        parts.append(f'<line x1="{x}" y1="{top + 4}" x2="{x}" y2="{bottom}" stroke="{_RULE}"/>')
        parts.append(_text(x, bottom + 14, plain(tick), size=12, fill=_FAINT, anchor="middle"))
    parts.append(_text(_PLOT[1], bottom + 29, unit, size=12, fill=_FAINT, anchor="end"))
    return parts


def _row(figure: Figure, scale: Scale | None, middle: int, subject: str | None) -> list[str]:
    """Draws a figure: of what it is and who gives it, its mark, its words and how it stands."""
    claim, colour = figure.claim, LEGEND[figure.status][0]
    left = middle - (2 if subject else 11)
    right = middle + (6 if subject else -9)
    parts = [
        f"<g><title>{safe(in_full(figure))}</title>",
        _text(_LEFT, left, _shortened(chain(claim), 36), weight=600),
        _text(_LEFT, left + 17, _shortened(claim.document.label, 44), size=12, fill=_FAINT),
        _text(_LEFT, left + 32, dated(figure), size=12, fill=_FAINT),
        _text(_RIGHT, right, _shortened(figure.printed, 26), weight=600),
        _text(_RIGHT, right + 16, _shortened(_standing(figure), 32), size=12, fill=colour),
        _text(_RIGHT, right + 31, _shortened(_limits(figure), 33), size=12, fill=_FAINT),
    ]
    if subject:
        parts.append(_text(_LEFT, left - 19, _shortened(subject, 108), size=12, halo=True))
    if scale:
        parts += _mark(figure, scale, middle + (4 if subject else 0), colour)
    return [*parts, "</g>"]


def in_full(figure: Figure) -> str:
    """Gives all that a row tells, without cuts."""
    claim = figure.claim
    what = f"{claim.subject.label}, {claim.predicate.label}: {figure.value.value}"
    who = f"said by {chain(claim)}; {dated(figure)}; {claim.document.label}"
    standing = figure.status if figure.status == UNCONTESTED else f"{figure.status}: {named(figure)}"
    return "; ".join(filter(None, (f"{marks(claim)}{what}", scope_of(figure), who, standing)))


def _standing(figure: Figure) -> str:
    names = [shorten(conflict.iri).partition(":")[2].removeprefix("conflict-") for conflict in figure.conflicts]
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return f"{figure.status}: {_shortened(names[0], 18)}{more}" if names else figure.status


def _limits(figure: Figure) -> str:
    """Gives how a figure is to be taken, and what exactly it counts."""
    return f"{marks(figure.claim)}{figure.value.counted or ''}".strip()


def _mark(figure: Figure, scale: Scale, y: int, colour: str) -> list[str]:
    """Draws a figure on its scale; nothing for one in words alone."""
    low, high = figure.lower, figure.upper
    if low is None and high is None:
        return []
    if high is None and low is not None:
        return _arrow(_at(scale, low), _PLOT[1], y, colour)
    if low is None and high is not None:
        return _arrow(_at(scale, high), _PLOT[0], y, colour)
    assert low is not None
    assert high is not None
    if low == high:
        return [_dot(_at(scale, low), y, colour, hollow=figure.value.approximation != "exact")]
    return _bar(_at(scale, low), _at(scale, high), y, colour)


def _at(scale: Scale, value: Decimal) -> float:
    left, right = _PLOT
    return round(left + float(scale.share(value)) * (right - left), 1)


def _dot(x: float, y: float, colour: str, *, hollow: bool = False) -> str:
    fill = "#ffffff" if hollow else colour
    return f'<circle cx="{x}" cy="{y}" r="6.5" fill="{fill}" stroke="{colour}" stroke-width="2.5"/>'


def _bar(start: float, end: float, y: float, colour: str) -> list[str]:
    ends = [
        f'<line x1="{x}" y1="{y - 7}" x2="{x}" y2="{y + 7}" stroke="{colour}" stroke-width="2.5"/>'
        for x in (start, end)
    ]
    return [f'<line x1="{start}" y1="{y}" x2="{end}" y2="{y}" stroke="{colour}" stroke-width="6"/>', *ends]


def _arrow(start: float, end: float, y: float, colour: str) -> list[str]:
    """Draws a line from a bound to the open end, which has an arrow head."""
    back = 11 if end > start else -11
    end = start + 2 * back if abs(end - start) < abs(back) + 3 else end
    return [
        f'<line x1="{start}" y1="{y - 7}" x2="{start}" y2="{y + 7}" stroke="{colour}" stroke-width="2.5"/>',
        f'<line x1="{start}" y1="{y}" x2="{end - back}" y2="{y}" stroke="{colour}" stroke-width="3"/>',
        f'<path d="M{end} {y} l{-back} -6.5 v13 z" fill="{colour}"/>',
    ]


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 13,
    weight: int = 400,
    fill: str = INK,
    anchor: str = "start",
    halo: bool = False,
) -> str:
    """Draws a line of text; with a halo it can be read across the lines of a scale."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    clear = ' paint-order="stroke" stroke="#ffffff" stroke-width="5"' if halo else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}"{bold}{side}{clear}>{safe(text)}</text>'


def safe(text: str) -> str:
    """Gives text that can neither end an element nor hide what it says."""
    return escape(printable(text))


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _lines(text: str, most: int) -> list[str]:
    """Gives a heading in lines, at most three; words are never cut but at the end of the last line."""
    import textwrap

    return textwrap.wrap(text, most, max_lines=3, placeholder=" …") or [""]

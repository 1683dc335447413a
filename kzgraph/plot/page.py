"""Figures as an HTML page: the picture, and the same figures as tables with every word; it asks for nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..analysis.contested import UNCONTESTED, Figure, Group
from ..analysis.reckoning import dated, named, scope_of, told
from ..namespaces import shorten
from ..prose import chain, marks
from . import FONT, INK, safe, svg

_STYLE = (
    f"body{{font-family:{FONT};color:{INK};background:#fff;max-width:60rem;margin:1rem auto;padding:0 1rem}}"
    "svg{max-width:100%;min-width:44rem;height:auto}table{border-collapse:collapse;font-size:.875rem}"
    "th,td{border:1px solid #8a8a8a;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "caption{text-align:left;font-weight:600;padding:1rem 0 .5rem}.wide{overflow-x:auto}"
)


def page(groups: Iterable[Group], title: str = "Figures") -> str:
    """Gives the picture inside an HTML page, with the same figures as tables; the page asks for nothing else."""
    listed = list(groups)
    tables = "\n".join(_html_table(group) for group in listed)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1 style="font-size:1.25rem">{safe(title)}</h1>\n'
        '<div class="wide" tabindex="0" role="group" aria-label="Picture">'
        f"{svg(listed, title, headed=False)}</div>\n{tables}\n"
        "</main>\n</body>\n</html>\n"
    )


def _html_table(group: Group) -> str:
    of_what = len(group.subjects) > 1
    heads = ("Figure", *(("Of what",) if of_what else ()), "Said by", "In", "Standing", "Words")
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    rows = "\n".join(f"<tr>{''.join(map(_html_cell, _cells(each, of_what)))}</tr>" for each in group.figures)
    reasons = "".join(f"<p>{safe(told(each))}: {safe(each.reason)}</p>\n" for each in group.conflicts)
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{safe(group.title)}">'
        f"<table><caption>{safe(group.title)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody></table></div>\n{reasons}"
    )


def _cells(figure: Figure, of_what: bool) -> Iterator[tuple[str, ...]]:
    """Gives the cells of a row, each with its lines."""
    claim = figure.claim
    value = f"{marks(claim)}{figure.value.value}"
    yield (value,) if figure.printed in value else (value, f"printed: {figure.printed}")
    if of_what:
        yield (claim.subject.label,)
    yield (chain(claim),)
    yield tuple(filter(None, (claim.document.label, dated(figure), scope_of(figure))))
    yield (figure.status, named(figure)) if figure.status != UNCONTESTED else (figure.status,)
    yield f"“{claim.quote}”", shorten(claim.iri)


def _html_cell(lines: tuple[str, ...]) -> str:
    return f"<td>{'<br>'.join(map(safe, lines))}</td>"

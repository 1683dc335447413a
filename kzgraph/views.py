"""One HTML file that shows the claims as a graph: self-contained, silent on the network, the same bytes each time.

The home of pyvis, whose ``Network`` stores the nodes and edges and takes the usual options. The page is
our own: pyvis's asks content delivery networks, and so tells them who reads what. The file forbids
itself any request and any script but its own by a Content-Security-Policy with digests.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import NotFound
from .namespaces import BASE
from .network import entity_network, hubs, layout, reading_order
from .page.packing import radius
from .records import ClaimRecord, Records, Ref, Value

if TYPE_CHECKING:
    from pyvis.network import Network

#: Each family's words and shape, in the order of the legend; its colour is the style sheet's.
FAMILIES: dict[str, tuple[str, str, str]] = {
    "person": ("Person", "People", "circle"),
    "group": ("Group", "Groups", "pair"),
    "organisation": ("Organisation", "Organisations", "square"),
    "office": ("Office", "Offices", "shield"),
    "event": ("Event", "Events", "diamond"),
    "place": ("Place", "Places", "triangle"),
    "instrument": ("Law or treaty", "Laws and treaties", "hexagon"),
    "observation": ("Observation", "Observations", "plus"),
    "issue": ("Issue", "Issues", "star"),
    "document": ("Document", "Documents", "sheet"),
}

#: One after another in one closure; ``app.js`` starts the page and so is last.
SCRIPTS = (
    "model.js",
    "shapes.js",
    "dom.js",
    "canvas.js",
    "labels.js",
    "pointer.js",
    "panel.js",
    "table.js",
    "search.js",
    "legend.js",
    "app.js",
)
_PAGE = Path(__file__).with_name("page")
_OPTIONS = {"physics": {"enabled": False}, "edges": {"smooth": False}, "layout": {"improvedLayout": False}}


def page(records: Records, *, title: str, focus: Iterable[str] = (), subtitle: str | None = None) -> str:
    """Gives the whole HTML of a page that shows these records.

    Args:
        records: What is shown; the order of its parts makes no difference.
        title: The page's heading.
        focus: IRIs of entities; the page opens on them and what is one step away.
        subtitle: A line below the heading.

    Raises:
        NotFound: A focus is not an entity of the records.
    """
    return str(page_network(records, title=title, focus=focus, subtitle=subtitle).generate_html())


def write_view(
    records: Records,
    path: str | os.PathLike[str],
    *,
    title: str,
    focus: Iterable[str] = (),
    subtitle: str | None = None,
) -> Path:
    """Writes the page as UTF-8, whole or not at all, and gives its path."""
    return _write(Path(path), page(records, title=title, focus=focus, subtitle=subtitle))


def page_network(records: Records, *, title: str, focus: Iterable[str] = (), subtitle: str | None = None) -> Network:
    """Gives the page as a pyvis ``Network``, whose ``generate_html`` and ``write_html`` are ours."""
    from pyvis.network import Network as PyvisNetwork

    class PageNetwork(PyvisNetwork):  # type: ignore[misc]
        """A pyvis network with a page of its own: escaped, offline, in UTF-8."""

        extra: dict[str, Any]

        def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
            nodes, edges, heading, *_ = self.get_network_data()
            return _render(heading, {**self.extra, "nodes": nodes, "edges": edges}, subtitle=subtitle)

        def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
            _write(Path(name), self.generate_html())

    network = PageNetwork(directed=True, heading=title, cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    network.extra = _fill(network, records, focus=focus)
    return network


def _fill(network: Network, records: Records, *, focus: Iterable[str]) -> dict[str, Any]:
    """Puts nodes and edges into the network; gives what else the page's scripts read."""
    graph = entity_network(records, speakers=True)
    slugs = _slugs([*graph, *(document.iri for document in records.documents)])
    claims = sorted(records.claims, key=reading_order)
    number = {claim.iri: i for i, claim in enumerate(claims)}
    wanted = sorted(set(focus))
    if missing := [iri for iri in wanted if iri not in graph]:
        raise NotFound("no such entity in these records", missing[0], "Give the IRI of an entity with claims.")
    places, details, great = layout(graph), _details(records, slugs), set(hubs(graph))
    for iri, data in graph.nodes(data=True):
        x, y = places[iri]
        more = {"iri": iri, "family": data["family"], "type": data["type"], "hub": iri in great}
        network.add_node(
            slugs[iri],
            label=data["label"] or slugs[iri],
            shape=FAMILIES[data["family"]][2],
            x=x,
            y=y,
            size=radius(data["claims"]),
            **_filled({**more, **details.get(iri, {})}),
        )
    for source, target, data in graph.edges(data=True):
        network.add_edge(
            slugs[source],
            slugs[target],
            label=data["label"],
            claims=[number[iri] for iri in data["claims"]],
            **_filled({"speech": data["speech"]}),
        )
    return {
        "base": BASE,
        "focus": [slugs[iri] for iri in wanted],
        "families": [{"id": f, "one": a, "many": b, "shape": s} for f, (a, b, s) in FAMILIES.items()],
        "documents": _documents(records, slugs),
        "claims": [_claim(claim, slugs) for claim in claims],
    }


def _slugs(iris: Iterable[str]) -> dict[str, str]:
    """Gives each IRI the short name by which the page and its address call it."""
    return {iri: iri.removeprefix(f"{BASE}id/").removeprefix(BASE) for iri in iris}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Gives the data without what is empty."""
    return {key: value for key, value in data.items() if value not in (None, "", [], (), False)}


def _details(records: Records, slugs: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Gives what the panel says of each entity beside its claims."""
    return {
        entity.iri: {
            "described": entity.described,
            "names": [
                _filled({"text": n.text, "lang": n.lang, "kind": n.kind, "in": _known(n.printed_in, slugs)})
                for n in entity.names
            ],
            "same": sorted(entity.same_as),
        }
        for entity in records.entities
    }


def _known(iris: Iterable[str], slugs: dict[str, str]) -> list[str]:
    return [slugs.get(iri, iri) for iri in iris]


def _documents(records: Records, slugs: dict[str, str]) -> list[dict[str, Any]]:
    listed = {
        document.iri: _filled(
            {
                "id": slugs[document.iri],
                "title": document.title,
                "type": document.type.label,
                "by": ", ".join(ref.label for ref in ([document.publisher] if document.publisher else [])),
                "authors": ", ".join(author.label for author in document.authors),
                "issued": document.issued,
                "sha": document.sha256,
            }
        )
        for document in records.documents
    }
    for claim in records.claims:
        slug = _slugs([claim.document.iri])[claim.document.iri]
        listed.setdefault(claim.document.iri, {"id": slug, "title": claim.document.label})
    return [listed[iri] for iri in sorted(listed)]


def _claim(claim: ClaimRecord, slugs: dict[str, str]) -> dict[str, Any]:
    """Gives a claim as the page's scripts read it; what is usual is left out."""
    thing = claim.object
    return _filled(
        {
            "id": claim.iri.removeprefix(f"{BASE}claim/"),
            "doc": _slugs([claim.document.iri])[claim.document.iri],
            "at": [claim.start, claim.end],
            "sha": claim.span_sha256,
            "quote": claim.quote,
            "text": claim.statement,
            "s": slugs[claim.subject.iri],
            "p": claim.predicate.label,
            "o": slugs[thing.iri] if isinstance(thing, Ref) else None,
            "value": _value(thing) if isinstance(thing, Value) else None,
            "by": [slugs[speaker.iri] for speaker in claim.speakers],
            "voice": claim.voice,
            "negative": claim.polarity == "negative",
            "modality": claim.modality if claim.modality != "asserted" else None,
            "certainty": claim.certainty,
            "valence": claim.valence,
            "when": claim.when,
            "words": claim.when_words,
            "inferred": claim.when_inferred,
            "said": claim.said,
            "where": _mention(claim.where, slugs) if claim.where else None,
            "topics": [_mention(topic, slugs) for topic in claim.topics],
            "cites": [_mention(cited, slugs) for cited in claim.cites],
            "note": claim.note,
        }
    )


def _mention(ref: Ref, slugs: dict[str, str]) -> str:
    """Gives the node's name on the page, or the label of what is no node."""
    return slugs.get(ref.iri, ref.label)


def _value(value: Value) -> dict[str, Any]:
    printed = value.verbatim if value.verbatim != value.value else None
    return _filled({"text": value.value, "lang": value.lang, "printed": printed, "counted": value.counted})


def _render(title: str, data: dict[str, Any], *, subtitle: str | None) -> str:
    """Gives the HTML; every text in it is escaped where it stands."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_PAGE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    parts = [_asset(f"js/{name}") for name in SCRIPTS]
    theme, app = _asset("js/theme.js"), '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"
    style = _asset("app.css")
    labels = {node["id"]: node["label"] for node in data["nodes"]}
    titles = {document["id"]: document["title"] for document in data["documents"]}
    return environment.get_template("page.html.j2").render(
        title=title,
        subtitle=subtitle,
        theme=Markup(theme),
        app=Markup(app),
        style=Markup(style),
        script_digests=Markup(f"{_digest(theme)} {_digest(app)}"),
        style_digest=Markup(_digest(style)),
        data=Markup(_script_json(data)),
        claims=data["claims"],
        labels=labels,
        titles=titles,
    )


def _asset(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    """Gives the source expression of an inline script or style (CSP Level 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"


def _script_json(data: object) -> str:
    """Gives JSON that no HTML parser can take for the end of a script, nor JavaScript for the end of a line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _write(path: Path, text: str) -> Path:
    """Writes beside the file, then puts the new one in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return path

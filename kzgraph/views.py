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
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import NotFound
from .names import resolve
from .namespaces import BASE
from .network import around, backbone, entity_network, hubs, layout, reading_order
from .page import disputes, payload
from .page.disputes import Disputes
from .page.packing import radius
from .paths import write_atomically
from .records import Records, read

if TYPE_CHECKING:
    from pyvis.network import Network

    from .paths import Root
    from .store import Store

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
    "start.js",
    "dispute.js",
    "card.js",
    "panel.js",
    "table.js",
    "search.js",
    "legend.js",
    "address.js",
    "keyboard.js",
    "app.js",
)
_PAGE = Path(__file__).with_name("page")
_OPTIONS = {"physics": {"enabled": False}, "edges": {"smooth": False}, "layout": {"improvedLayout": False}}


def view(store: Store, names: Sequence[str] = (), *, hops: int = 2, root: Root | None = None) -> str:
    """Gives a page of a whole graph, or of the neighbourhood of what is named.

    Args:
        store: Any store or endpoint.
        names: Names in any spelling; the page opens on them.
        hops: How many steps from what is named the page reaches.
        root: The data folders whose queries to use; by default those that come with kzgraph.

    Raises:
        NotFound: Nothing is named so.
    """
    records = read(store, root)
    found = disputes.read(store, records, root)
    if not names:
        return page(records, title="Who says what", subtitle=_subtitle(records), disputed=found)
    named = [resolve(store, name) for name in names]
    focus = [ref.iri for ref in named]
    records, title = around(records, focus, hops=hops), ", ".join(ref.label for ref in named)
    return page(records, title=title, focus=focus, subtitle=_subtitle(records), disputed=found)


def _subtitle(records: Records) -> str:
    titles = [*payload.titles(records).values()]
    return " · ".join(titles) if len(titles) <= 3 else f"{len(titles)} documents"


def page(
    records: Records,
    *,
    title: str,
    focus: Iterable[str] = (),
    subtitle: str | None = None,
    disputed: Disputes | None = None,
) -> str:
    """Gives the whole HTML of a page that shows these records.

    Args:
        records: What is shown; the order of its parts makes no difference.
        title: The page's heading.
        focus: IRIs of entities; the page opens on them and what is one step away.
        subtitle: A line below the heading.
        disputed: Who says otherwise in the whole graph, and how independently; without it the page tells neither.

    Raises:
        NotFound: A focus is not an entity of the records.
    """
    network = page_network(records, title=title, focus=focus, subtitle=subtitle, disputed=disputed)
    return str(network.generate_html())


def write_view(
    records: Records,
    path: str | os.PathLike[str],
    *,
    title: str,
    focus: Iterable[str] = (),
    subtitle: str | None = None,
    disputed: Disputes | None = None,
) -> Path:
    """Writes the page as UTF-8, whole or not at all, and gives its path."""
    write_atomically(path, page(records, title=title, focus=focus, subtitle=subtitle, disputed=disputed))
    return Path(path)


def page_network(
    records: Records,
    *,
    title: str,
    focus: Iterable[str] = (),
    subtitle: str | None = None,
    disputed: Disputes | None = None,
) -> Network:
    """Gives the page as a pyvis ``Network``, whose ``generate_html`` and ``write_html`` are ours."""
    from pyvis.network import Network as PyvisNetwork

    class PageNetwork(PyvisNetwork):  # type: ignore[misc]
        """A pyvis network with a page of its own: escaped, offline, in UTF-8."""

        extra: dict[str, Any]

        def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
            nodes, edges, heading, *_ = self.get_network_data()
            return _render(heading, {**self.extra, "nodes": nodes, "edges": edges}, subtitle=subtitle)

        def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
            write_atomically(name, self.generate_html())

    network = PageNetwork(directed=True, heading=title, cdn_resources="in_line")
    network.set_options(json.dumps(_OPTIONS))
    network.extra = _fill(network, records, focus=focus, disputed=disputed or Disputes())
    return network


def _fill(network: Network, records: Records, *, focus: Iterable[str], disputed: Disputes) -> dict[str, Any]:
    """Puts nodes and edges into the network; gives what else the page's scripts read."""
    graph = entity_network(records, speakers=True)
    slugs = payload.slugs_of([*graph, *(document.iri for document in records.documents)])
    claims = sorted(records.claims, key=reading_order)
    number = {claim.iri: i for i, claim in enumerate(claims)}
    wanted = sorted(set(focus))
    if missing := [iri for iri in wanted if iri not in graph]:
        raise NotFound("no such entity in these records", missing[0], "Give the IRI of an entity with claims.")
    places, details, great = layout(graph), payload.details(records, slugs), set(hubs(graph))
    first, titles = layout(graph.subgraph(backbone(graph))), payload.titles(records)
    for iri, data in graph.nodes(data=True):
        x, y = places[iri]
        more = {"iri": iri, "family": data["family"], "type": data["type"], "hub": iri in great}
        network.add_node(
            slugs[iri],
            label=titles.get(iri) or data["label"] or slugs[iri],
            shape=FAMILIES[data["family"]][2],
            x=x,
            y=y,
            size=radius(data["claims"]),
            **payload.filled({**more, "first": first.get(iri), **details.get(iri, {})}),
        )
    for source, target, data in graph.edges(data=True):
        network.add_edge(
            slugs[source],
            slugs[target],
            label=data["label"],
            claims=[number[iri] for iri in data["claims"]],
            **payload.filled({"speech": data["speech"]}),
        )
    return {
        "base": BASE,
        "focus": [slugs[iri] for iri in wanted],
        "families": [{"id": f, "one": a, "many": b, "shape": s} for f, (a, b, s) in FAMILIES.items()],
        "documents": payload.documents(records, slugs),
        "claims": [payload.claim(claim, slugs) for claim in claims],
        "conflicts": disputes.conflicts(disputed, number, titles),
        "supports": disputes.supports(disputed, number),
    }


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
        standings=disputes.standings(data["conflicts"], data["claims"]),
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

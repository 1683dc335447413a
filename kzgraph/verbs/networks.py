"""Verbs on who is tied to whom: network, path."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..plaintext import printable
from .common import Place, emit, in_format, pass_place, say, width

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx

    from ..networks.measures import Ranking
    from ..networks.projections import Projection

_NAMED = 5  # hubs that are told by name


@click.command("network")
@click.argument("projection", required=False)
@click.option("--measure", default="degree", show_default=True, metavar="NAME", help="How nodes are ranked.")
@click.option("--by-source", is_flag=True, help="Add each node's rank without each document.")
@click.option("--ties", "as_ties", is_flag=True, help="Give the ties with their claims, and no ranking.")
@click.option("--top", default=20, show_default=True, type=click.IntRange(0), help="How many ranks; 0 gives all.")
@click.option(
    "--hub",
    default=25,
    show_default=True,
    type=click.IntRange(0),
    help="Leave out shared things with more members; 0 leaves none out.",
)
@in_format
@pass_place
def network_verb(
    place: Place,
    projection: str | None,
    measure: str,
    by_source: bool,
    as_ties: bool,
    top: int,
    hub: int,
    form: str,
) -> None:
    """Rank the nodes of a network: who is tied to whom by claims. Without a name, list the networks.

    Measures: degree, strength, in-degree, out-degree, betweenness, eigenvector, pagerank, brokers, core, communities.

    \b
    Examples:
      kzgraph network
      kzgraph network co-participation --measure betweenness --by-source
      kzgraph network speaks-about --ties -f csv
    """
    from ..networks import measures, projections
    from ..results import render

    if projection is None:
        emit(render(projections.table(projections.projections(place.root)), form, width=width()))
        return
    rows = projections.project(place.open(), projection, place.root)
    if as_ties:
        left_out = projections.hubs(rows, hub)
        graph = projections.network(rows, left_out=left_out)
        emit(render(projections.ties(rows, graph), form, width=width()))
        _say_what(rows, graph, left_out, hub)
        return
    found = measures.ranking(rows, measure, hub=hub, by_source=by_source)
    emit(render(measures.table(found, top=top), form, width=width()))
    _say_what(rows, found.graph, found.left_out, hub)
    _say_how(found, top)


def _say_what(rows: Projection, graph: networkx.Graph, left_out: Mapping[str, int], hub: int) -> None:
    """Tells how large the network is, and what makes no tie in it."""
    say(f"{rows.name}: {len(graph)} nodes, {graph.number_of_edges()} ties, from {len(rows.rows)} rows.")
    if rows.aside:
        say(f"{len(rows.aside)} rows make no tie: their claims are denied, alleged or else not asserted.")
    if left_out:
        first = sorted(left_out, key=lambda shared: (-left_out[shared], shared))[:_NAMED]
        named = ", ".join(f"{printable(rows.label(shared))} ({left_out[shared]})" for shared in first)
        more = f" and {len(left_out) - len(first)} more" if len(left_out) > len(first) else ""
        say(f"left out, with more than {hub} members (--hub): {named}{more}.")
    elif rows.kind == "shared" and hub:
        say(f"nothing shared has more than {hub} members (--hub): nothing was left out.")


def _say_how(found: Ranking, top: int) -> None:
    """Tells what the measure says, and what each document does to the first ranks."""
    from ..networks.centrality import main_part
    from ..networks.measures import effects

    say(f"{found.measure.name}: {found.measure.plain}")
    if found.measure.name == "eigenvector" and len(found.graph) > (inside := len(main_part(found.graph))):
        say(f"{len(found.graph) - inside} nodes lie outside the largest connected part.")
    for sentence in effects(found, top=min(top or 10, 10)):
        say(printable(sentence))


@click.command("path")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--most", default=3, show_default=True, type=click.IntRange(1), help="How many paths at most.")
@click.option(
    "--without-hubs",
    "hub",
    default=40,
    show_default=True,
    type=click.IntRange(0),
    help="Pass no node with more neighbours than this; 0 lets all be passed.",
)
@click.option("--longest", default=6, show_default=True, type=click.IntRange(1), help="How many hops a path may have.")
@click.option("--places", is_flag=True, help="Pass places too.")
@click.option("--speakers", is_flag=True, help="To speak about somebody is a hop too.")
@click.option("--width", "columns", default=0, help="Columns of text; 0 takes the terminal's.")
@click.option("-f", "--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]))
@pass_place
def path_verb(
    place: Place,
    start: str,
    end: str,
    most: int,
    hub: int,
    longest: int,
    places: bool,
    speakers: bool,
    columns: int,
    form: str,
) -> None:
    """Tell how two nodes are connected: the best-supported paths, with the quote at each hop.

    A hop is what claims say of two nodes, one as subject and one as object. The best path is the one whose weakest
    hop is carried by most independent origins, then the shorter; further paths share no node with those before them.

    \b
    Examples:
      kzgraph path "Vadim Kuramshin" "European Union"
      kzgraph path vadim-kuramshin osce --without-hubs 0 -f json
    """
    import shutil

    from ..analysis import mentions, origins
    from ..names import resolve
    from ..networks import itinerary
    from ..networks.linkage import read_links
    from ..networks.ways import find_ways

    store = place.open()
    ends = resolve(store, start), resolve(store, end)
    links = read_links(store, place.root, speakers=speakers)
    support = origins.independent(mentions.read(store, place.root))
    found = find_ways(links, *ends, most=most, hub=hub, longest=longest, places=places, support=support)
    told = itinerary.quoted(store, found, place.root, unit="independent origin")
    if form == "json":
        emit(itinerary.as_json(told))
    else:
        emit(itinerary.as_text(told, width=columns or min(shutil.get_terminal_size((100, 24)).columns, 120)))

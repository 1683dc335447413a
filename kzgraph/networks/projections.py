"""Claims as networks of a certain kind: who is tied to whom, with the claims that say so on every tie.

A projection is a named query; what its columns are called says what a row is:

====================  =====================================================================================
``source, target``    an arrow from the one to the other
``one, other``        a tie without direction
``shared, member``    a part in something shared; whoever has a part in the same thing is tied to the others
====================  =====================================================================================

Besides these it has ``claim`` and ``document``, and may have a name for each node (``oneName``), ``modality`` and
``polarity`` (what is not asserted makes no tie), and ``further`` with ``furtherDocument``: a second claim without
which the tie falls.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from ..errors import NotFound, QueryError
from ..fields import did_you_mean
from ..namespaces import shorten
from ..queries import NamedQuery, catalogue
from ..terms import Table, Term, text_term

if TYPE_CHECKING:
    import networkx

    from ..paths import Root
    from ..store import Store

#: What a row is, by the columns that hold its two ends.
KINDS = {"arrows": ("source", "target"), "ties": ("one", "other"), "shared": ("shared", "member")}

#: A shared thing with more members than this ties nobody: to have a part in what nearly everybody has a part in says
#: little, and its ties grow with the square of its members.
HUB = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its two ends, the claims that it rests on, and the documents that report them.

    ``mark`` is empty where the claim is asserted and affirms, else it tells how it is to be taken: ``denied``.
    """

    ends: tuple[str, str]
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Projection:
    """The rows of one projection: those that make ties, and those set aside because their claims are not asserted."""

    name: str
    kind: str  # arrows, ties, shared
    rows: tuple[Row, ...]
    aside: tuple[Row, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, node: str) -> str:
        """Gives what a node is called."""
        return self.labels.get(node) or shorten(node)

    def documents(self) -> list[str]:
        """Gives the documents on which ties rest, sorted."""
        return sorted({document for row in self.rows for document in row.documents})


def projections(root: Root | None = None) -> tuple[NamedQuery, ...]:
    """Gives the named queries that are projections, by family and name."""
    return tuple(query for query in catalogue(root) if _kind(query) and {"claim", "document"} <= set(query.columns))


def table(queries: tuple[NamedQuery, ...]) -> Table:
    """Gives projections as a table: name, what a row is, and the question."""
    rows = ((query.name, str(_kind(query)), query.summary) for query in queries)
    return Table(("projection", "kind", "question"), tuple(tuple(map(text_term, row)) for row in rows))


def _kind(query: NamedQuery) -> str | None:
    return next((kind for kind, ends in KINDS.items() if set(ends) <= set(query.columns)), None)


def project(store: Store, name: str, root: Root | None = None) -> Projection:
    """Gives a projection of what a store holds, by the name of its query.

    Raises:
        NotFound: There is no such projection.
    """
    known = {query.name: query for query in projections(root)}
    if name not in known:
        hint = did_you_mean(name, known) or f"There are: {', '.join(known)}."
        raise NotFound(f"there is no projection `{name}`.", hint=hint)
    answer = store.query(known[name].text)
    assert isinstance(answer, Table)
    return read(answer, name)


def read(answer: Table, name: str = "") -> Projection:
    """Gives the projection that an answer with the columns of one stands for.

    Raises:
        QueryError: Its columns are not those of a projection.
    """
    kind = next((kind for kind, ends in KINDS.items() if {*ends, "claim", "document"} <= set(answer.columns)), None)
    if kind is None:
        hint = "A projection has source and target, one and other, or shared and member; and claim and document."
        raise QueryError(f"the columns of `{name}` are not those of a projection.", hint=hint)
    at = {column: place for place, column in enumerate(answer.columns)}
    ends = [at[end] for end in KINDS[kind]]
    names = [(at[end], at[f"{end}Name"]) for end in KINDS[kind] if f"{end}Name" in at]
    supports = [(at[claim], at[document]) for claim, document in _SUPPORTS if claim in at]
    modality, polarity = at.get("modality"), at.get("polarity")
    labels: dict[str, str] = {}
    rows: dict[bool, list[Row]] = {True: [], False: []}
    for cells in answer.rows:
        for node, label in names:
            if (text := cells[label]) is not None:
                labels.setdefault(_value(cells[node]), text.value)
        claims = tuple(_value(cells[claim]) for claim, _ in supports if cells[claim] is not None)
        documents = tuple(sorted({_value(cells[place]) for _, place in supports if cells[place] is not None}))
        mark = _mark(_value(cells[modality]) if modality else "", _value(cells[polarity]) if polarity else "")
        row = Row((_value(cells[ends[0]]), _value(cells[ends[1]])), claims, documents, mark)
        rows[not mark].append(row)
    return Projection(name, kind, tuple(rows[True]), tuple(rows[False]), labels)


_SUPPORTS = (("claim", "document"), ("further", "furtherDocument"))


def _value(term: Term | None) -> str:
    return term.value if term else ""


def _mark(modality: str, polarity: str) -> str:
    """Gives how a claim is to be taken where it is not plainly asserted, such as ``denied`` or ``negated``."""
    parts = (modality if modality != "asserted" else "", "negated" if polarity == "negative" else "")
    return ", ".join(filter(None, parts))


# --- networks -------------------------------------------------------------------------------------------------


def hubs(projection: Projection, most: int = HUB) -> dict[str, int]:
    """Gives the shared things with more than ``most`` members, each with their number, by IRI; 0 leaves none out."""
    if projection.kind != "shared" or not most:
        return {}
    members = _members(projection.rows)
    return {shared: len(members[shared]) for shared in sorted(members) if len(members[shared]) > most}


def network(
    projection: Projection, *, left_out: Collection[str] = (), without: str | None = None
) -> networkx.Graph | networkx.DiGraph:
    """Gives a projection as a NetworkX graph: directed for arrows, else undirected.

    Nodes have ``label``. Ties have ``claims`` and ``documents`` (sorted IRIs) and ``weight``: how many claims, or how
    many shared things, make the tie; those have ``shared`` as well. A tie of a node to itself is none.

    Args:
        projection: The rows.
        left_out: Shared things that tie nobody, such as ``hubs``.
        without: A document whose claims are taken away; a tie that rests on one of them and another falls too.
    """
    import networkx

    rows = [row for row in projection.rows if without not in row.documents]
    graph = networkx.DiGraph() if projection.kind == "arrows" else networkx.Graph()
    nodes = {row.ends[1] for row in rows} | ({row.ends[0] for row in rows} if projection.kind != "shared" else set())
    graph.add_nodes_from((node, {"label": projection.label(node)}) for node in sorted(nodes))
    ties = _shared_ties(rows, frozenset(left_out)) if projection.kind == "shared" else _direct_ties(rows, projection)
    graph.add_edges_from((a, b, ties[a, b].attributes()) for a, b in sorted(ties))
    return graph


class _Tie:
    """What a tie is gathered from."""

    __slots__ = ("claims", "documents", "shared", "weight")

    def __init__(self) -> None:
        self.claims: set[str] = set()
        self.documents: set[str] = set()
        self.shared: set[str] = set()
        self.weight = 0

    def add(self, row: Row) -> None:
        self.claims.update(row.claims)
        self.documents.update(row.documents)

    def attributes(self) -> dict[str, object]:
        found: dict[str, object] = {
            "claims": tuple(sorted(self.claims)),
            "documents": tuple(sorted(self.documents)),
            "weight": len(self.shared) or self.weight,
        }
        return found | ({"shared": tuple(sorted(self.shared))} if self.shared else {})


def _direct_ties(rows: list[Row], projection: Projection) -> dict[tuple[str, str], _Tie]:
    ties: dict[tuple[str, str], _Tie] = defaultdict(_Tie)
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        a, b = row.ends if projection.kind == "arrows" or row.ends[0] < row.ends[1] else row.ends[::-1]
        if a == b:
            continue
        tie = ties[a, b]
        tie.add(row)
        tie.weight += (a, b, row.claims[0]) not in seen  # one claim that cites two works of one publisher counts once
        seen.add((a, b, row.claims[0]))
    return ties


def _shared_ties(rows: list[Row], left_out: frozenset[str]) -> dict[tuple[str, str], _Tie]:
    ties: dict[tuple[str, str], _Tie] = defaultdict(_Tie)
    for shared, members in _members(rows).items():
        if shared in left_out:
            continue
        for a, b in combinations(sorted(members), 2):
            tie = ties[a, b]
            tie.shared.add(shared)
            for row in (*members[a], *members[b]):
                tie.add(row)
    return ties


def _members(rows: Collection[Row]) -> dict[str, dict[str, list[Row]]]:
    members: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        members[row.ends[0]][row.ends[1]].append(row)
    return members


def ties(projection: Projection, graph: networkx.Graph) -> Table:
    """Gives the ties of a network as a table, the heaviest first: both ends, weight, and what the tie rests on."""
    ends = KINDS["arrows" if projection.kind == "arrows" else "ties"]
    found = sorted(graph.edges(data=True), key=lambda edge: (-edge[2]["weight"], edge[0], edge[1]))
    columns = (ends[0], f"{ends[0]}Name", ends[1], f"{ends[1]}Name", "weight", "documents", "claims")
    return Table(columns, tuple(tuple(_tie_cells(projection, *edge)) for edge in found))


def _tie_cells(projection: Projection, a: str, b: str, data: Mapping[str, object]) -> Iterator[Term]:
    for node in (a, b):
        yield Term("iri", node)
        yield text_term(projection.label(node))
    yield text_term(str(data["weight"]))
    for key in ("documents", "claims"):
        iris = data[key]
        assert isinstance(iris, tuple)
        yield text_term(" ".join(map(shorten, iris)))

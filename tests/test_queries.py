"""The catalogue: headers, both engines, total order, parameters that cannot become code, golden answers, checks."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.plugins.sparql as sparql
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.paths import MulPath
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from kzgraph import build as building
from kzgraph import guard, queries, results
from kzgraph.build import Graph
from kzgraph.errors import CorpusError, NotFound, QueryError
from kzgraph.namespaces import PREFIXES
from kzgraph.ontology import triples as ontology_triples
from kzgraph.ontology import vocabulary
from kzgraph.paths import Root, find_root
from kzgraph.queries import NamedQuery
from kzgraph.store import in_memory
from kzgraph.terms import Table

sparql.SPARQL_LOAD_GRAPHS = False

TOP = Path(__file__).resolve().parent.parent
GOLDEN = TOP / "tests" / "golden"
ALL = queries.catalogue(find_root(TOP), internal=True)
USER = tuple(query for query in ALL if query.family not in queries.INTERNAL)
CHECKS = tuple(query for query in ALL if query.family == "checks")
ASKED = (*USER, *CHECKS)

#: Values for the mini corpus; without them a query asks for its example, which is of the real corpus.
MINI = {
    "claims-about": {"node": "id:dana-ospan"},
    "claims-that-name": {"node": "id:dismissals-aktas-2012|id:aktas"},
    "claims-that-say": {"text": "stoppage"},
    "edges-of": {"node": "id:dismissals-aktas-2012"},
    "said-by": {"speaker": "id:dana-ospan"},
    "chronology": {"person": "id:miners-of-aktas"},
    "said-to-do": {"actor": "id:aktas-district-court"},
    "event-roles": {"event": "id:dismissals-aktas-2012"},
    "not-stated": {"node": "id:dismissals-aktas-2012"},
    "at-a-date": {"date": "2012-05-03"},
    "anchors": {"document": "doc:rights-digest"},
    "claims-of-document": {"document": "doc:steppe-bulletin"},
    "notes": {"node": "id:aktas-salt-works"},
    "claims-by-right": {"right": "right-strike"},
    "documents-compared": {"right": "right-strike", "one": "doc:rights-digest", "other": "doc:steppe-bulletin"},
    "between-dates": {"since": "2012-05-03", "until": "2012-05-03"},
}
#: Its answer is the ontology, which grows; what holds of it is tested by itself.
NOT_GOLDEN = ("vocabulary",)


def called(query: NamedQuery) -> str:
    return f"{query.family}/{query.name}"


each_asked = pytest.mark.parametrize("query", ASKED, ids=called)
each_user = pytest.mark.parametrize("query", USER, ids=called)
each_check = pytest.mark.parametrize("query", CHECKS, ids=called)


def merged(graph: Graph) -> bytes:
    """Gives the union of all named graphs as N-Triples."""
    lines = graph.nquads.decode().splitlines()
    return "".join(f"{line}\n" for line in sorted({f"{line[: line.rindex(' <')]} ." for line in lines})).encode()


@pytest.fixture(scope="module")
def mini_rdflib(mini: Graph) -> rdflib.Graph:
    return rdflib.Graph().parse(data=merged(mini), format="nt")


@pytest.fixture(scope="module")
def corpus_rdflib(graph: Graph) -> rdflib.Graph:
    return rdflib.Graph().parse(data=merged(graph), format="nt")


def from_rdflib(graph: rdflib.Graph, text: str) -> tuple[list[str], list[list[tuple[str, ...] | None]]]:
    answer = graph.query(text)
    return [str(name) for name in answer.vars], [[_rdflib_cell(term) for term in row] for row in answer]


def _rdflib_cell(term: rdflib.term.Node | None) -> tuple[str, ...] | None:
    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        return (
            "literal",
            str(term),
            term.language or "",
            "" if term.language else str(term.datatype or PREFIXES["xsd"] + "string"),
        )
    return ("iri", str(term), "", "")


def cells(table: Table) -> list[list[tuple[str, ...] | None]]:
    return [
        [None if term is None else (term.kind, term.value, term.lang or "", term.datatype or "") for term in row]
        for row in table.rows
    ]


# --- headers and texts ------------------------------------------------------------------------------------------


@each_asked
def test_a_summary_is_a_question(query: NamedQuery) -> None:
    assert query.summary.endswith("?")
    assert query.summary[0].isupper()


def test_names_are_unique_and_kebab() -> None:
    names = [query.name for query in USER]
    assert sorted(set(names)) == sorted(names)
    for query in ALL:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", query.name)


@each_asked
def test_a_query_names_no_dataset_and_asks_no_other_machine(query: NamedQuery) -> None:
    assert guard.check(query.text) is False
    words = set(guard.words(query.text.partition("SELECT")[2]))
    assert not words & {"GRAPH", "FROM", "SERVICE", "GROUP_CONCAT", "SAMPLE", "RAND", "NOW", "UUID", "STRUUID"}


@each_asked
def test_every_prefix_is_spelled_and_used(query: NamedQuery) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", query.text, re.MULTILINE))
    body = re.sub(r'"[^"]*"', "", re.sub(r"^(#|PREFIX).*$", "", query.text, flags=re.MULTILINE))
    used = set(re.findall(r"(?<![\w-])([a-z]+):[\w-]", body))
    assert set(declared) == used
    assert declared == {prefix: PREFIXES[prefix] for prefix in used}


@each_asked
def test_only_standard_functions_and_paths_over_classes(query: NamedQuery) -> None:
    assert not re.search(r"\w:[\w-]+\(", query.text), "a function with an IRI is no standard function"
    paths: list[PropertyPath] = []

    def look(node: object) -> None:
        if isinstance(node, CompValue):
            for triple in node.get("triples") or ():
                paths.extend(part for part in triple if isinstance(part, PropertyPath))

    traverse(sparql.prepareQuery(query.text).algebra, visitPost=look)
    for path in paths:
        assert isinstance(path, MulPath)
        assert path.path == rdflib.RDFS.subClassOf


@each_asked
def test_lines_fit_a_page(query: NamedQuery) -> None:
    assert [line for line in query.text.splitlines() if len(line) > 120] == []


# --- both engines -----------------------------------------------------------------------------------------------


def same_in_both(query: NamedQuery, text: str, graph: Graph, other: rdflib.Graph) -> Table:
    answer = graph.store.query(text)
    assert isinstance(answer, Table)
    columns, rows = from_rdflib(other, text)
    assert list(answer.columns) == columns
    assert cells(answer) == rows
    if query.family != "checks":
        assert list(query.columns) == columns
    _assert_total(text, answer)
    return answer


def _assert_total(text: str, table: Table) -> None:
    """What the order looks at differs in every row, so that no two rows can change places."""
    ordering = text.rpartition("ORDER BY")[2]
    assert ordering, "there is no ORDER BY"
    at = [index for index, name in enumerate(table.columns) if re.search(rf"\?{name}\b", ordering)]
    keys = [tuple(row[index] for index in at) for row in table.rows]
    assert len(set(keys)) == len(keys)


def golden(path: Path, text: str, accept: bool) -> None:
    if accept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert path.is_file(), "there is no golden answer; look at the answer, then: pytest --accept"
    assert path.read_text(encoding="utf-8") == text


@each_user
def test_mini_answers_are_golden_in_both_engines(
    query: NamedQuery, mini: Graph, mini_rdflib: rdflib.Graph, request: pytest.FixtureRequest
) -> None:
    text = queries.prepare(query, MINI.get(query.name, {}))
    answer = same_in_both(query, text, mini, mini_rdflib)
    if query.name not in NOT_GOLDEN:
        path = GOLDEN / "mini" / query.family / f"{query.name}.csv"
        golden(path, results.render(answer, "csv"), request.config.getoption("--accept"))


@each_user
def test_corpus_answers_are_golden(query: NamedQuery, graph: Graph, request: pytest.FixtureRequest) -> None:
    answer = graph.store.query(query.text)
    assert isinstance(answer, Table)
    assert answer.rows, "the example finds nothing"
    if query.name not in NOT_GOLDEN:
        path = GOLDEN / "corpus" / query.family / f"{query.name}.csv"
        golden(path, results.render(answer, "csv"), request.config.getoption("--accept"))


@pytest.mark.slow
@each_user
def test_corpus_answers_are_the_same_in_both_engines(
    query: NamedQuery, graph: Graph, corpus_rdflib: rdflib.Graph
) -> None:
    same_in_both(query, query.text, graph, corpus_rdflib)


@each_asked
def test_a_query_is_answered_at_once(query: NamedQuery, graph: Graph) -> None:
    """A few milliseconds each; the limit leaves room for a busy machine, not for a path through a hub."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        graph.store.query(query.text)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.15


def test_every_golden_file_has_its_query() -> None:
    known = {called(query) for query in USER}
    found = {
        str(path.relative_to(GOLDEN / corpus).with_suffix(""))
        for corpus in ("mini", "corpus")
        for path in (GOLDEN / corpus).rglob("*.csv")
    }
    assert found <= known


def test_vocabulary_holds_every_term_that_a_claim_may_use(root: Root, graph: Graph) -> None:
    answer = queries.ask(graph.store, "vocabulary", root=root)
    assert isinstance(answer, Table)
    rows = {row["term"].rpartition("#")[2]: row for row in answer.records()}
    terms = vocabulary(ontology_triples(root))
    assert terms.predicates <= set(rows)
    assert terms.classes <= set(rows)
    assert {f"right-{right}" for right in terms.scheme("right")} <= set(rows)
    claims = [claim for document in graph.corpus.documents for claim in document.claims]
    for predicate in terms.predicates:
        assert rows[predicate]["kind"] == "predicate"
        assert int(rows[predicate]["uses"]) == sum(claim.predicate == predicate for claim in claims)
    for right in terms.scheme("right"):
        assert int(rows[f"right-{right}"]["uses"]) >= sum(right in claim.topics for claim in claims)


def test_generic_predicates_take_less_than_15_per_cent(root: Root, graph: Graph) -> None:
    answer = queries.ask(graph.store, "generic-predicates", root=root)
    assert isinstance(answer, Table)
    assert all(int(row["percent"]) < 15 for row in answer.records())


def changed(graph: Graph, update: str) -> bytes:
    """Gives the union of a graph's named graphs after an update, as N-Triples."""
    store = ox.Store()
    store.bulk_load(merged(graph), ox.RdfFormat.N_TRIPLES)
    store.update("".join(f"PREFIX {prefix}: <{base}> " for prefix, base in PREFIXES.items()) + update)
    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    assert data is not None
    return data


# --- what neither corpus has --------------------------------------------------------------------------------------


def rows_of(data: bytes, name: str, **params: str) -> list[dict[str, str]]:
    """Gives the rows of a named query, the same in both engines, with short names."""
    query = named(name)
    text = queries.prepare(query, params)
    found = in_memory(data).query(text)
    assert isinstance(found, Table)
    assert (list(found.columns), cells(found)) == from_rdflib(rdflib.Graph().parse(data=data, format="nt"), text)
    return [{key: value.rpartition("/")[2] for key, value in row.items()} for row in found.records()]


CHAIN = """
DELETE { ?claim kz:innermostSpeaker ?was }
INSERT {
  ?claim kz:speaker id:miners-of-aktas ; kz:innermostSpeaker id:miners-of-aktas ;
    prov:qualifiedAttribution judgement:x .
  judgement:x a prov:Attribution ; prov:agent id:miners-of-aktas ; kz:position 2
}
WHERE { ?claim kz:number "004" ; kz:reportedIn doc:steppe-bulletin ; kz:innermostSpeaker ?was }
"""


def test_a_chain_of_two_is_told_from_the_outermost_to_the_innermost(mini: Graph) -> None:
    data = changed(mini, CHAIN)
    chain = [row for row in rows_of(data, "chains") if row["claim"] == "steppe-bulletin.004"]
    assert [(row["position"], row["speaker"]) for row in chain] == [("1", "dana-ospan"), ("2", "miners-of-aktas")]
    unnamed = [row for row in rows_of(data, "unnamed-speakers") if row["claim"] == "steppe-bulletin.004"]
    assert [(row["speaker"], row["passedOnBy"]) for row in unnamed] == [("miners-of-aktas", "dana-ospan")]
    counts = {row["speaker"]: (row["claims"], row["innermost"]) for row in rows_of(data, "speakers")}
    assert counts["dana-ospan"] == ("3", "2")
    assert counts["miners-of-aktas"] == ("1", "1")
    said = [row["claim"] for row in rows_of(data, "said-by", speaker="id:dana-ospan")]
    assert said == ["rights-digest.001", "steppe-bulletin.003", "steppe-bulletin.004"]


def test_an_edge_tells_how_many_deny_it(mini: Graph) -> None:
    asserted = """INSERT { id:dismissals-aktas-2012 kz:causedBy id:strike-aktas-2012 .
        claim:x a kz:Claim ; kz:modality kz:modality-asserted ; kz:polarity kz:polarity-positive ;
          rdf:subject id:dismissals-aktas-2012 ; rdf:predicate kz:causedBy ; rdf:object id:strike-aktas-2012 ;
          kz:reportedIn doc:rights-digest } WHERE {}"""
    edges = rows_of(changed(mini, asserted), "edges-of", node="id:dismissals-aktas-2012")
    cause = [row for row in edges if row["predicate"] == "ontology#causedBy"]
    assert [(row["claims"], row["documents"], row["against"]) for row in cause] == [("1", "1", "1")]
    assert {row["against"] for row in edges if row not in cause} == {"0"}


def test_a_wider_right_takes_in_the_narrower_ones(mini: Graph) -> None:
    wider = rows_of(merged(mini), "claims-by-right", right="right-economic-social")
    assert {row["topic"] for row in wider} == {
        "ontology#right-strike",
        "ontology#right-trade-unions",
        "ontology#right-work",
    }


@pytest.mark.parametrize(
    ("when", "days", "holds"),
    [
        ("2012/..", ("2012-01-01", None), True),
        ("../2012", (None, "2012-12-31"), True),
        ("2011", ("2011-01-01", "2011-12-31"), False),
    ],
)
def test_an_open_time_takes_in_every_day_on_its_side(
    mini: Graph, when: str, days: tuple[str | None, str | None], holds: bool
) -> None:
    bounds = [f'kz:{name} "{day}"^^xsd:date ; ' for name, day in zip(("earliest", "latest"), days, strict=True) if day]
    update = f'INSERT {{ ?c {"".join(bounds)} kz:when "{when}"^^edtf:EDTF }} WHERE {{ ?c kz:number "005" }}'
    found = [row["claim"] for row in rows_of(changed(mini, update), "at-a-date", date="2012-05-03")]
    assert ("steppe-bulletin.005" in found) is holds


# --- parameters -------------------------------------------------------------------------------------------------


def named(name: str) -> NamedQuery:
    return next(query for query in USER if query.name == name)


@each_user
def test_an_example_is_any_or_one_term_that_the_corpus_knows(query: NamedQuery, graph: Graph) -> None:
    for param in query.params:
        assert param.kind in queries.KINDS
        assert param.description
        lines = re.findall(rf"^\s*VALUES \?{param.name} \{{ (\S+) \}}$", query.text, re.MULTILINE)
        assert len(lines) == 1
        if lines[0] == queries.ANY:
            continue
        if param.kind in ("node", "concept"):
            prefix, _, local = lines[0].partition(":")
            iri = f"<{PREFIXES[prefix]}{local}>"
            assert graph.store.query(f"ASK {{ {iri} ?p ?o }}") is True


def values_of(text: str, name: str) -> list[rdflib.term.Node]:
    """Gives the terms that a query's VALUES of a variable hold, as a SPARQL parser sees them."""
    found: list[rdflib.term.Node] = []

    def look(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "values":
            for row in node.res:
                found.extend(term for variable, term in row.items() if str(variable) == name)

    traverse(sparql.prepareQuery(text).algebra, visitPost=look)
    return found


HOSTILE = [
    '" } DROP ALL #',
    "x } . ?s ?p ?o . {",
    '"@en . } SELECT * {',
    "a\nb\r\tc",
    "\\",
    "\\\\",
    '\\"',
    "'''\"\"\"",
    "{}<>^`",
    "# comment",
    "$&;",
    "\u2028\u202e",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_is_only_looked_for(value: str, mini: Graph) -> None:
    query = named("claims-that-say")
    text = queries.prepare(query, {"text": value})
    assert [str(term) for term in values_of(text, "text")] == [value.strip()]
    answer = mini.store.query(text)
    assert isinstance(answer, Table)
    assert answer.columns == tuple(query.columns)
    assert answer.rows == ()


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_changes_the_shape_of_a_query(mini: Graph, value: str) -> None:
    query = named("claims-that-say")
    try:
        text = queries.prepare(query, {"text": value})
    except QueryError:
        assert re.search(r"\\[uU]", value)
        return
    assert [str(term) for term in values_of(text, "text")] == [part.strip() for part in value.split("|")]
    answer = mini.store.query(text)
    assert isinstance(answer, Table)
    assert answer.columns == tuple(query.columns)


@given(st.text(max_size=40), st.sampled_from(["node", "concept", "predicate", "date", "number"]))
@settings(max_examples=300, deadline=None)
def test_no_value_of_any_kind_leaves_its_braces(value: str, kind: str) -> None:
    query = NamedQuery(
        "q", "f", "?", "SELECT * WHERE {\n  VALUES ?x { 1 }\n}", "", params=(queries.Param("x", kind, ""),)
    )
    try:
        text = queries.prepare(query, {"x": value})
    except QueryError:
        return
    assert text.startswith("SELECT * WHERE {\n  VALUES ?x { ")
    assert text.endswith(" }\n}")
    assert len(values_of(text, "x")) == len(value.split("|"))


@pytest.mark.parametrize("value", ["\\u0022 } #", "a\\U00000022"])
def test_escapes_that_an_engine_reads_first_are_refused(value: str) -> None:
    with pytest.raises(QueryError, match="is not a text"):
        queries.prepare(named("claims-that-say"), {"text": value})


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("claims-about", {"node": "id:a> } #"}, "is not a node"),
        ("claims-about", {"node": "nonsense"}, "is not a node"),
        ("claims-about", {"nodes": "id:a"}, "has no parameter `nodes`"),
        ("at-a-date", {"date": "yesterday"}, "is not a date"),
        ("claims-by-right", {"right": "right }"}, "is not a concept"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        queries.prepare(named(name), params)


def test_several_values_are_separated_by_a_bar() -> None:
    text = queries.prepare(named("claims-about"), {"node": "id:a|id:b"})
    assert values_of(text, "node") == [rdflib.URIRef(PREFIXES["id"] + "a"), rdflib.URIRef(PREFIXES["id"] + "b")]


def test_a_node_may_be_given_by_any_of_its_names(mini: Graph, mini_root: Root) -> None:
    answers = [
        queries.ask(mini.store, "claims-about", root=mini_root, node=name)
        for name in ("dana-ospan", "Dana Ospan", "Дана Оспан", f"{PREFIXES['id']}dana-ospan")
    ]
    assert isinstance(answers[0], Table)
    assert [row["claim"].rpartition("/")[2] for row in answers[0].records()] == ["steppe-bulletin.005"]
    assert answers[1:] == answers[:-1]


def test_a_family_may_be_named_too_and_a_slip_is_told(mini_root: Root) -> None:
    assert queries.find("claims/claims-about", mini_root).name == "claims-about"
    with pytest.raises(NotFound, match="Did you mean"):
        queries.find("claim-about", mini_root)


def test_prefixes_of_a_query_given_by_hand_need_not_be_declared(mini: Graph, mini_root: Root) -> None:
    assert queries.ask(mini.store, "ASK { id:dana-ospan a kz:Person }", root=mini_root) is True


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * WHERE { ?s ?p ?o }\n", "`summary` is missing"),
        ("#+ summary: What?\n#+ colums: {a: b}\n", "no field `colums`"),
        ("#+ summary: What?\n#+ params: {x: {kind: node}}\n", "`VALUES ?x { … }`"),
        ("#+ summary: What?\n#+ params: {x: {kind: thing}}\nVALUES ?x { 1 }\n", "`kind: thing` is not known"),
        ("#+ summary: What?\n#+ summary: Who?\n", "summary"),
    ],
)
def test_a_broken_header_is_told(tmp_path: Path, text: str, message: str) -> None:
    for folder in ("ontology", "graph"):
        (tmp_path / folder).mkdir()
    family = tmp_path / "queries" / "family"
    family.mkdir(parents=True)
    (family / "broken.rq").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(message)):
        queries.catalogue(find_root(tmp_path))


# --- checks -----------------------------------------------------------------------------------------------------

C1, C2, C3, C5 = ("claim:steppe-bulletin.00" + number for number in "1235")

#: For each check a fault, as an update of the mini corpus.
FAULTS = {
    "cites-another": f"INSERT DATA {{ {C1} kz:cites doc:steppe-bulletin }}",
    "claim-once": f"""INSERT {{ {C2} kz:expresses ?p }} WHERE {{ {C1} kz:expresses ?p }}""",
    "denied-once": "DELETE { ?c kz:polarity ?p } INSERT { ?c kz:polarity kz:polarity-negative }"
    " WHERE { ?c kz:modality kz:modality-denied ; kz:polarity ?p }",
    "domain": f"DELETE {{ {C5} rdf:subject ?s }} INSERT {{ {C5} rdf:subject id:aktas }}"
    f" WHERE {{ {C5} rdf:subject ?s }}",
    "range": f"DELETE {{ {C5} rdf:object ?o }} INSERT {{ {C5} rdf:object id:aktas }} WHERE {{ {C5} rdf:object ?o }}",
    "ends-after-it-starts": "INSERT DATA { claim:steppe-bulletin.900 rdf:predicate kz:endedOn ;"
    " rdf:subject id:strike-aktas-2012 ; kz:reportedIn doc:steppe-bulletin ;"
    ' kz:earliest "2012-05-01"^^xsd:date ; kz:latest "2012-05-01"^^xsd:date }',
    "entity-used": 'INSERT DATA { id:nobody a kz:Person ; rdfs:label "Nobody"@en ; skos:prefLabel "Nobody"@en }',
    "evaluation-has-valence": f"INSERT DATA {{ {C5} rdf:predicate kz:evaluatedAs }}",
    "event-label-dated": "DELETE { id:strike-aktas-2012 rdfs:label ?l }"
    ' INSERT { id:strike-aktas-2012 rdfs:label "Stoppage at the salt works"@en }'
    " WHERE { id:strike-aktas-2012 rdfs:label ?l }",
    "event-label-neutral": f"""DELETE {{ {C1} rdf:predicate ?p ; rdf:object ?o }}
        INSERT {{ {C1} rdf:predicate kz:called ; rdf:object "stoppage"@en }}
        WHERE {{ {C1} rdf:predicate ?p ; rdf:object ?o }}""",
    "figure-has-words": f"DELETE WHERE {{ {C3} kz:words ?w }}",
    "generic-share": "INSERT { kz:dismissalCount a kz:GenericPredicate } WHERE {}",
    "judged-same-is-merged": "INSERT DATA { judgement:x kz:decision kz:judgement-same ;"
    " kz:judges id:aktas , id:dismissals-aktas-2012 }",
    "misspelling-judged": 'DELETE { ?j kz:printedName ?p } WHERE { ?j kz:printedName ?p }',
    "not-of-itself": f"DELETE {{ {C2} rdf:object ?o }} INSERT {{ {C2} rdf:object id:strike-aktas-2012 }}"
    f" WHERE {{ {C2} rdf:object ?o }}",
    "one-way": "INSERT DATA { claim:steppe-bulletin.900 a kz:Claim ; rdf:subject id:strike-aktas-2012 ;"
    " rdf:predicate kz:follows ; rdf:object id:dismissals-aktas-2012 ; kz:modality kz:modality-asserted ;"
    " kz:polarity kz:polarity-positive ; kz:reportedIn doc:steppe-bulletin }",
    "percent-at-most-100": "DELETE { ?q kz:unit ?u ; kz:upper ?b } INSERT { ?q kz:unit \"percent\" ; kz:upper 120.5 }"
    " WHERE { ?q kz:unit ?u ; kz:upper ?b }",
    "plain-edge-asserted": "INSERT DATA { id:dismissals-aktas-2012 kz:causedBy id:strike-aktas-2012 }",
    "same-label-judged": 'INSERT DATA { id:dana-ospan-2 a kz:Person ; rdfs:label "Dana Ospan"@en ;'
    ' skos:prefLabel "Dana Ospan"@en }',
    "speaker-is-not-the-document": f"INSERT DATA {{ {C1} kz:speaker doc:steppe-bulletin }}",
    "speaker-once-in-a-chain": f"""INSERT {{ {C3} prov:qualifiedAttribution judgement:x .
        judgement:x prov:agent ?who ; kz:position 2 }}
        WHERE {{ {C3} prov:qualifiedAttribution ?a . ?a prov:agent ?who }}""",
    "statement-is-no-quote": f"""DELETE {{ {C1} kz:statement ?s }}
        INSERT {{ {C1} kz:statement "On 3 May 2012 miners at the Aktas salt works stopped work there."@en }}
        WHERE {{ {C1} kz:statement ?s }}""",
    "time-has-words": f'INSERT DATA {{ {C1} kz:whenWords "last spring"@en }}',
}  # fmt: skip


def test_every_check_has_a_fault() -> None:
    assert {query.name for query in CHECKS} == set(FAULTS)


@each_check
def test_a_check_gives_items_with_whole_sentences_and_no_parameters(query: NamedQuery) -> None:
    assert query.params == ()
    assert re.search(r"SELECT (DISTINCT )?\?item \?message\n", query.text)
    severity = re.findall(r"^#\+ severity: (.*)$", query.text, re.MULTILINE)
    assert severity in ([], ["warning"])


@each_check
def test_a_check_finds_nothing_in_the_mini_corpus(query: NamedQuery, mini: Graph, mini_rdflib: rdflib.Graph) -> None:
    assert same_in_both(query, query.text, mini, mini_rdflib).rows == ()


@each_check
def test_a_check_finds_nothing_in_the_corpus(query: NamedQuery, graph: Graph) -> None:
    answer = graph.store.query(query.text)
    assert isinstance(answer, Table)
    assert list(answer.records()) == []


@each_check
def test_a_check_finds_its_fault_in_both_engines(query: NamedQuery, mini: Graph) -> None:
    data = changed(mini, FAULTS[query.name])
    found = in_memory(data).query(query.text)
    assert isinstance(found, Table)
    assert found.rows
    for row in found.records():
        assert row["item"].startswith("https://w3id.org/kzgraph/")
        assert re.fullmatch(r"\S.*\. [A-Z].*\.", row["message"]), "what is wrong, then how to mend it"
    columns, rows = from_rdflib(rdflib.Graph().parse(data=data, format="nt"), query.text)
    assert (columns, rows) == (list(found.columns), cells(found))


def test_a_broken_check_stops_the_build_and_a_warning_does_not(mini: Graph, mini_root: Root) -> None:
    line = f"<{PREFIXES['claim']}steppe-bulletin.001> <{PREFIXES['kz']}{{}}> {{}} <{PREFIXES['kzg']}x> .\n"
    faults = line.format("cites", f"<{PREFIXES['doc']}steppe-bulletin>") + line.format("whenWords", '"then"@en')
    problems = building.checks(mini_root, in_memory(mini.nquads + faults.encode()))
    assert [(problem.warning, problem.path) for problem in problems] == [
        (False, "claim:steppe-bulletin.001"),
        (True, "claim:steppe-bulletin.001"),
    ]

"""What is told of conflicts in few words agrees with what is told of them at length."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from kzgraph.analysis import disagreement, rivals, standing
from kzgraph.analysis.disagreement import Conflict
from kzgraph.build import Graph
from kzgraph.namespaces import expand
from kzgraph.queries import with_prefixes
from kzgraph.records import read
from kzgraph.terms import Table

CONFLICT = Conflict("c", "figures", "explained", None, (), (), "", "j")


def test_a_tally_counts_the_conflicts_that_are_listed_about_a_node(mini: Graph) -> None:
    records = read(mini.store)
    nodes = [*(each.iri for each in records.entities), *(each.iri for each in records.documents)]
    listed = {
        node: Counter(each.status for each in rivals.conflicts(mini.store, about=node).conflicts) for node in nodes
    }
    assert {node: standing.tally(mini.store, node) for node in nodes} == listed
    assert any(listed.values())


@pytest.mark.parametrize("name", ["id:zhanaozen", "id:kazakhstan", "doc:wikipedia-kazakhstan-rights"])
def test_a_tally_of_the_corpus_is_that_of_the_list(graph: Graph, name: str) -> None:
    found = standing.tally(graph.store, expand(name))
    assert list(found) == [status for status in standing.STATUSES if status in found]
    assert found == Counter(each.status for each in rivals.conflicts(graph.store, about=name).conflicts)


def test_conflicts_come_in_the_order_of_the_list(graph: Graph) -> None:
    found = standing.ranked(disagreement.stored(graph.store))
    assert found == [*rivals.conflicts(graph.store).conflicts]


def test_every_explanation_of_the_ontology_has_its_words(mini: Graph) -> None:
    table = mini.store.query(with_prefixes("SELECT ?each WHERE { ?each skos:inScheme kz:scheme-explanation }"))
    assert isinstance(table, Table)
    names = [row["each"].partition("explanation-")[2] for row in table.records()]
    heads = {standing.heading(replace(CONFLICT, explanation=name)) for name in names}
    assert len(heads) == len(names) > 0
    assert standing.heading(CONFLICT) not in heads
    assert all(head.startswith("Looks like a conflict, but ") for head in heads)

"""A name in any spelling and script finds its node; a guess is offered, never taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzgraph.build import Graph
from kzgraph.errors import NotFound
from kzgraph.names import fold, resolve
from kzgraph.namespaces import expand
from kzgraph.plaintext import printable
from kzgraph.records import Ref
from kzgraph.store import Oxigraph, in_memory

DANA = Ref(expand("id:dana-ospan"), "Dana Ospan", expand("kz:Person"))


@pytest.mark.parametrize(
    "text",
    [
        "https://w3id.org/kzgraph/id/dana-ospan",
        "<https://w3id.org/kzgraph/id/dana-ospan>",
        "id:dana-ospan",
        "dana-ospan",
        "Dana Ospan",
        " dana ospan ",
        "DANA OSPAN",
        "Дана Оспан",
        "ДАНА ОСПАН",
        "Osspan",
        "Dána Ospan",
    ],
)
def test_any_name_finds_the_node(mini: Graph, text: str) -> None:
    assert resolve(mini.store, text) == DANA


@pytest.mark.parametrize(
    ("text", "curie", "label"),
    [
        ("Актас", "id:aktas", "Aktas"),
        ("ақтас", "id:aktas", "Aktas"),
        ("Miners’ union of Aktas", "id:miners-union-of-aktas", "Miners' union of Aktas"),
        ("steppe-bulletin", "doc:steppe-bulletin", "Strike at the Aktas salt works"),
        ("Забастовка в Актасе", "doc:aktas-vestnik", "Забастовка в Актасе"),
        ("zabastovka v aktase", "doc:aktas-vestnik", "Забастовка в Актасе"),
        ("steppe-bulletin.003", "claim:steppe-bulletin.003", "Forty strikers were dismissed."),
        ("claim:steppe-bulletin.003", "claim:steppe-bulletin.003", "Forty strikers were dismissed."),
        ("kz:right-strike", "kz:right-strike", "right to strike"),
        ("steppe-bulletin.p001", "passage:steppe-bulletin.p001", "passage:steppe-bulletin.p001"),
    ],
)
def test_documents_claims_and_concepts_are_found_too(mini: Graph, text: str, curie: str, label: str) -> None:
    found = resolve(mini.store, text)
    assert (found.iri, found.label) == (expand(curie), label)


@pytest.mark.parametrize("text", ["Dana Osp", "Ospin", "id:dana-osan", "Дана Оспанова"])
def test_a_near_miss_is_offered_and_not_taken(mini: Graph, text: str) -> None:
    with pytest.raises(NotFound, match=r"Did you mean “Dana Ospan” \(id:dana-ospan\)"):
        resolve(mini.store, text)


@pytest.mark.parametrize("text", ["", "   ", "qqqqqqq", "::", "id:", "a{b}", "kz:NoSuchTerm", "https://example.org/x"])
def test_what_is_not_there_is_not_found(mini: Graph, text: str) -> None:
    with pytest.raises(NotFound):
        resolve(mini.store, text)


def store_with(mini: Graph, *names: tuple[str, str, str]) -> Oxigraph:
    """The mini corpus and persons with a slug, a label and another name."""
    lines = [mini.nquads.decode()]
    for slug, label, name in names:
        node, graph = f"<{expand('id:' + slug)}>", f"<{expand('kzg:entities')}>"
        lines += [
            f"{node} <{expand('rdf:type')}> <{expand('kz:Person')}> {graph} .\n",
            f'{node} <{expand("skos:prefLabel")}> "{label}"@en {graph} .\n',
            f"{node} <{expand('kz:name')}> <{expand('id:' + slug)}.name-1> {graph} .\n",
            f'<{expand("id:" + slug)}.name-1> <{expand("kz:text")}> "{name}"@en {graph} .\n',
            f"<{expand('id:' + slug)}.name-1> <{expand('kz:nameKind')}> <{expand('kz:namekind-variant')}> {graph} .\n",
        ]
    return in_memory("".join(lines).encode())


def test_several_equal_matches_are_listed_and_none_is_taken(mini: Graph) -> None:
    store = store_with(mini, ("asan-a", "Asan Qaly", "A."), ("asan-b", "Asan Qaly", "B."))
    with pytest.raises(NotFound, match=r"“Asan Qaly” \(id:asan-a\), “Asan Qaly” \(id:asan-b\).*prefixed name"):
        resolve(store, "Asan Qaly")
    assert resolve(store, "id:asan-b").iri == expand("id:asan-b")


def test_a_label_beats_another_name_and_both_beat_a_folded_one(mini: Graph) -> None:
    store = store_with(mini, ("one", "Asan", "Serik"), ("two", "Serik", "ASAN"), ("three", "SERIK", "asan"))
    assert resolve(store, "Asan").iri == expand("id:one")
    assert resolve(store, "Serik").iri == expand("id:two")
    assert resolve(store, "asan").iri == expand("id:three")
    with pytest.raises(NotFound, match="names several"):
        resolve(store, "serik")


def test_an_error_never_sends_raw_text_to_the_terminal(mini: Graph) -> None:
    store = store_with(mini, ("evil", r"Evil\u001B[2J name", "E."))
    for text in ("Evil nam", "\x1b[31mdana osp"):
        with pytest.raises(NotFound) as caught:
            resolve(store, text)
        assert str(caught.value).isprintable()


@given(st.text())
def test_folding_twice_is_folding_once_and_printable_is_safe(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert printable(text).isprintable() or set(printable(text)) - {" "}
    assert not {"\x1b", "\n", "\r", "\u202e", "\x9b"} & set(printable(text))


@pytest.mark.parametrize("surname", ["Ospan", "ospan", "Оспан"])
def test_a_surname_alone_names_the_one_person_who_has_it(mini: Graph, surname: str) -> None:
    assert resolve(mini.store, surname).iri == "https://w3id.org/kzgraph/id/dana-ospan"


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("Stoppage", "id:strike-aktas-2012"),
        ("decision on the registration", "id:registration-refusal-aktas"),
        ("district court", "id:aktas-district-court"),
        ("aktas-what", "doc:rights-digest"),
        ("Dana", "id:dana-ospan"),
    ],
)
def test_words_that_one_name_alone_begins_with_or_holds_find_the_node(mini: Graph, text: str, curie: str) -> None:
    assert resolve(mini.store, text).iri == expand(curie)


def test_words_that_begin_one_name_beat_words_that_others_hold(mini: Graph) -> None:
    """The decision on the registration of the miners' union of Aktas holds the words as well."""
    assert resolve(mini.store, "miners' union").iri == expand("id:miners-union-of-aktas")


def test_words_in_several_names_are_listed_with_their_addresses(mini: Graph) -> None:
    with pytest.raises(NotFound, match=r"names several: .*\(id:aktas-salt-works\).*\(id:strike-aktas-2012\)"):
        resolve(mini.store, "salt works")


def test_a_long_list_of_candidates_is_cut_and_counted(mini: Graph) -> None:
    store = store_with(mini, *((f"pact-{number:02}", f"Pact {number:02}", "P.") for number in range(25)))
    with pytest.raises(NotFound, match=r"id:pact-00.* and 5 more\."):
        resolve(store, "pact")


def test_a_part_of_a_word_is_offered_and_not_taken(mini: Graph) -> None:
    with pytest.raises(NotFound, match="Did you mean"):
        resolve(mini.store, "Stopp")

"""IRIs of the data: made from slugs, the same on every machine."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from kzgraph import iris
from kzgraph.terms import iri

SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}", fullmatch=True)


def test_every_role_has_its_own_place() -> None:
    base = "https://w3id.org/kzgraph/"
    assert iris.entity("aktas") == f"{base}id/aktas"
    assert iris.document("rights-digest") == f"{base}doc/rights-digest"
    assert iris.claim("rights-digest", "001") == f"{base}claim/rights-digest.001"
    assert iris.passage("rights-digest", "p001") == f"{base}passage/rights-digest.p001"
    assert iris.snapshot("rights-digest", "abcdef0123456789") == f"{base}snapshot/rights-digest.abcdef012345"
    assert iris.judgement("identity-001") == f"{base}judgement/identity-001"
    assert iris.graph("entities") == f"{base}graph/entities"
    assert iris.term("Claim") == f"{base}ontology#Claim"


@given(SLUGS, SLUGS, st.integers(0, 9999), st.integers(0, 9999))
def test_different_things_have_different_iris(one: str, other: str, first: int, second: int) -> None:
    assert (iris.claim(one, f"{first:03d}") == iris.claim(other, f"{second:03d}")) == ((one, first) == (other, second))
    assert len({make(one) for make in (iris.entity, iris.document, iris.judgement, iris.graph)}) == 4


@given(st.text(max_size=70))
def test_a_slug_is_safe_in_an_iri_and_a_file_name(text: str) -> None:
    if iris.is_slug(text):
        assert iri(iris.entity(text)).isascii()
        assert not set(text) & set("/\\.:# %")
        assert 0 < len(text) <= 60


def test_digests_never_change() -> None:
    assert iris.digest("ab", "c") == hashlib.sha256(b'["ab", "c"]').hexdigest()[:20]
    assert iris.digest("Ақтас") == hashlib.sha256('["Ақтас"]'.encode()).hexdigest()[:20]


PARTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=4)


@given(PARTS, PARTS)
def test_different_parts_have_different_digests(one: list[str], other: list[str]) -> None:
    assert (iris.digest(*one) == iris.digest(*other)) == (one == other)

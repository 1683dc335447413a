"""Links within the corpus, checked on the model alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kzgraph import links
from kzgraph.build import Graph
from kzgraph.model import (
    ConflictJudgement,
    Corpus,
    Entity,
    Extent,
    IdentityJudgement,
    LineageJudgement,
    Reference,
    Reuse,
    Slug,
    Span,
)


def told(corpus: Corpus) -> list[str]:
    return [f"{each.where}: {each.message}" for each in links.problems(corpus)]


def with_claim(corpus: Corpus, **changes: object) -> Corpus:
    """Gives the corpus with another first claim of its last document."""
    *others, document = corpus.documents
    heading, passage, *rest = document.passages
    claim, *claims = passage.claims
    passage = replace(passage, claims=(replace(claim, **changes), *claims))  # type: ignore[arg-type]
    return replace(corpus, documents=(*others, replace(document, passages=(heading, passage, *rest))))


def test_the_mini_corpus_is_whole(mini: Graph) -> None:
    assert links.problems(mini.corpus) == []


def test_an_empty_corpus_is_whole() -> None:
    assert links.problems(Corpus()) == []


def test_every_slug_of_a_claim_is_looked_up(mini: Graph) -> None:
    for changes in (
        {"subject": "nobody"},
        {"object": Slug("nobody")},
        {"where": "nobody"},
        {"speakers": ("dana-ospan", "nobody")},
        {"cites": ("nobody",)},
    ):
        assert told(with_claim(mini.corpus, **changes)) == ["claim 001: `nobody` is not in the corpus"]


def test_a_document_may_be_spoken_of_and_cited(mini: Graph) -> None:
    corpus = with_claim(mini.corpus, subject="aktas-vestnik", object=Slug("rights-digest"), cites=("aktas-vestnik",))
    assert links.problems(corpus) == []


def test_a_reference_of_one_document_may_be_cited_by_another(mini: Graph) -> None:
    corpus = with_claim(mini.corpus, cites=("ref-1",))
    first, *rest = corpus.documents
    first = replace(first, references=(Reference("ref-1", "Reference", "A work", line=9),))
    assert links.problems(replace(corpus, documents=(first, *rest))) == []


def test_a_span_lies_in_its_passage_and_has_a_digest(mini: Graph) -> None:
    assert told(with_claim(mini.corpus, span=Span(31, 89))) == [
        "claim 001: its span lies outside passage p002",
        "claim 001: the span 31-89 has no digest",
    ]


def test_touching_passages_do_not_overlap(mini: Graph) -> None:
    *others, document = mini.corpus.documents
    heading, second, *rest = document.passages
    span = Span(0, 32)
    touching = replace(
        document, passages=(replace(heading, span=span), second, *rest), digests={**document.digests, span: "0" * 64}
    )
    assert links.problems(replace(mini.corpus, documents=(*others, touching))) == []


def test_a_repeated_slug_names_the_first_place(mini: Graph) -> None:
    twin = Entity("aktas", ("Settlement",), "Aktas", path="graph/entities/x.yaml", line=7)
    problems = links.problems(replace(mini.corpus, entities=(*mini.corpus.entities, twin)))
    assert [str(each) for each in problems] == [
        "graph/entities/x.yaml:7: entity aktas: the slug `aktas` is already at graph/entities/events.yaml:2."
        " Slugs are never shared."
    ]


def test_an_entity_is_no_document(mini: Graph) -> None:
    twin = Entity("rights-digest", ("Person",), "Digest", path="graph/entities/x.yaml", line=7)
    assert "`rights-digest` is also the entity at graph/entities/x.yaml:7" in str(
        links.problems(replace(mini.corpus, entities=(*mini.corpus.entities, twin)))
    )


def test_a_judgement_rests_on_claims_and_documents_that_are_there(mini: Graph) -> None:
    judgement = IdentityJudgement(
        "identity-009",
        "same",
        "Because.",
        ("aktas-vestnik.003",),
        entities=("aktas", "nobody"),
        document="dana-ospan",
    )
    assert told(replace(mini.corpus, judgements=(judgement,))) == [
        "judgement identity-009: `aktas-vestnik.003` is not in the corpus",
        "judgement identity-009: `nobody` is not in the corpus",
        "judgement identity-009: `dana-ospan` is not in the corpus",
    ]


def test_the_sides_of_a_conflict_are_claims_that_are_there(mini: Graph) -> None:
    sides = ("aktas-vestnik.001", "rights-digest.009")
    judgement = ConflictJudgement("conflict-009", "figures", "Because.", status="genuine", claims=sides)
    assert told(replace(mini.corpus, judgements=(judgement,))) == [
        "judgement conflict-009: `rights-digest.009` is not in the corpus"
    ]


def test_lineage_is_between_documents_and_claims_that_are_there(mini: Graph) -> None:
    sides = ("rights-digest", "steppe-bulletin.003", "dana-ospan")
    judgement = LineageJudgement("lineage-009", "copied", "Because.", between=sides)
    assert told(replace(mini.corpus, judgements=(judgement,))) == [
        "judgement lineage-009: `dana-ospan` is not in the corpus"
    ]


def test_shared_text_lies_within_documents_that_are_there(mini: Graph) -> None:
    reuse = Reuse(
        Extent("rights-digest", Span(100, 200), "0" * 64), Extent("nowhere", Span(0, 9), "0" * 64), 9, Decimal(1), "x"
    )
    assert told(replace(mini.corpus, reuse=(reuse,))) == [
        "reuse: it ends behind the document's end",
        "reuse: `nowhere` is not in the corpus",
    ]

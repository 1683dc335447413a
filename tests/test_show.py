"""What a person reads in the terminal: claims with their words, speakers and places, and nothing raw."""

from __future__ import annotations

import pytest

from kzgraph.build import Graph
from kzgraph.errors import NotFound
from kzgraph.namespaces import expand
from kzgraph.show import show
from kzgraph.store import in_memory

CLAIM = f"<{expand('claim:steppe-bulletin.005')}>"

DANA = """\
Dana Ospan
person · id:dana-ospan
The lawyer of the miners' union.

Names
  Дана Оспан (kk, preferred)
  Дана Оспан (ru, preferred)
  Osspan (en, misspelling, printed in “Aktas: what we know”)

Claims about it: 1
  works for
    - Dana Ospan is a lawyer of the union.
      “Union lawyer Dana Ospan”
      the document itself; Strike at the Aktas salt works, characters 91–114
      claim:steppe-bulletin.005

What it says: 3
  follows
    - The dismissals came after the stoppage.
      “dismissed after the stoppage”
      Dana Ospan; Strike at the Aktas salt works, characters 137–170
      claim:steppe-bulletin.004
  number dismissed
    - Forty strikers were dismissed.
      “40 strikers were dismissed”
      Dana Ospan; Aktas: what we know, characters 34–82
      claim:rights-digest.001
    - Forty strikers were dismissed.
      “40 strikers were dismissed”
      Dana Ospan; Strike at the Aktas salt works, characters 104–151
      claim:steppe-bulletin.003

Our decisions on identity: 1
  - same · printed “Osspan”
    The sentence is a copy of the bulletin's, which prints Ospan; the doubled letter is a slip.
    judgement:identity-001
"""

BULLETIN = """\
Strike at the Aktas salt works
news article · doc:steppe-bulletin

Record
  publisher  Steppe Bulletin (id:steppe-bulletin-publisher)
  file       bulletin.txt
  length     247 characters
  SHA-256    81e11b6c2d4e1d14c2ad43bc262b19214703a5415ce6c30ca3dbdf4a7e7f0dab

Passages: 5
  claims: 3
  furniture: 1
    characters 231–246
  heading: 1
    characters 0–30

Claims that it reports: 6
  asserted 6
  by the document itself 4, Dana Ospan 2

Conflicts: 1 genuine (kzgraph conflicts --about doc:steppe-bulletin)
"""

OTHERWISE = """
Independent origins: 1 to 2
  affirmed by 2 mentions in 2 documents
  - claim:steppe-bulletin.003 with claim:rights-digest.001: perhaps one origin, for the same speaker
    is in both chains

Who says otherwise: 1 conflict
  Genuine conflict · figures · conflict:conflict-dismissals-aktas
    The union's lawyer counts 40 dismissals, the management 15; both speak of the same stoppage and
    neither of another day.
    - Fifteen people were dismissed. · Management of the Aktas salt works; Забастовка в Актасе,
      characters 21–66 · claim:aktas-vestnik.001
    - says the same: Forty strikers were dismissed. · Dana Ospan; Strike at the Aktas salt works,
      characters 104–151 · claim:steppe-bulletin.003
"""


def test_a_person_is_told_with_names_claims_and_sayings(mini: Graph) -> None:
    assert show(mini.store, "Дана Оспан", width=100) == DANA


def test_a_document_is_told_with_its_record_and_coverage(mini: Graph) -> None:
    assert show(mini.store, "steppe-bulletin") == BULLETIN


def test_an_event_is_told_with_claims_about_it_and_claims_that_name_it(mini: Graph) -> None:
    text = show(mini.store, "strike-aktas-2012")
    assert "Claims about it: 3\n  participant\n    - 2012-05-03: Miners of the Aktas salt works took part" in text
    assert "Claims that name it: 2\n  caused by\n    - [denied] The dismissals were caused by the strike." in text


def test_a_place_is_told_with_the_claims_that_name_it(mini: Graph) -> None:
    text = show(mini.store, "Ақтас")
    assert text.startswith("Aktas\nsettlement · id:aktas\nAn invented town.\n")
    assert "“Ереуіл Ақтаста өтті”" in text


def test_a_claim_is_told_with_evidence_and_those_that_say_the_same(mini: Graph) -> None:
    text = show(mini.store, "rights-digest.001", width=120)
    assert text.startswith("Forty strikers were dismissed.\nclaim · claim:rights-digest.001\n")
    for line in (
        "  object       40 strikers (printed “40”)",
        "  speakers  Dana Ospan (id:dana-ospan)",
        "  characters    34–82",
        "  fragment      https://w3id.org/kzgraph/snapshot/rights-digest.a42d1b8e3f93#char=34,82",
        "Other claims of the same proposition: 1",
        "      claim:steppe-bulletin.003",
    ):
        assert f"\n{line}\n" in text


def test_a_claim_is_told_with_its_origins_and_who_says_otherwise(mini: Graph) -> None:
    assert show(mini.store, "rights-digest.001").endswith(OTHERWISE)


def test_a_graph_without_conflicts_and_origins_tells_none(mini: Graph) -> None:
    ours = ("kzg:conflicts", "kzg:lineage", "kzg:judgements")
    kept = [
        line for line in mini.nquads.splitlines() if not line.endswith(tuple(f"<{expand(g)}> .".encode() for g in ours))
    ]
    with in_memory(b"\n".join(kept)) as store:
        for name in ("rights-digest.001", "steppe-bulletin", "dismissals-aktas-2012"):
            text = show(store, name)
            assert "onflict" not in text
            assert "Independent origins" not in text


def test_a_denial_that_nobody_contradicts_affirms_nothing(mini: Graph) -> None:
    text = show(mini.store, "aktas-vestnik.002")
    assert text.endswith("\nIndependent origins: 1\n  no claim affirms it; spoken of by 1 mention in 1 document\n")


def test_a_denial_is_marked_at_its_head(mini: Graph) -> None:
    assert show(mini.store, "aktas-vestnik.002").startswith("[denied] The dismissals were caused by the strike.\n")


def test_a_concept_is_told_with_its_claims(mini: Graph) -> None:
    text = show(mini.store, "kz:right-strike")
    assert text.startswith("right to strike\nconcept · kz:right-strike\nThe right of workers to stop work")
    assert "Claims that name it: 3" in text


def test_a_predicate_is_told_with_its_definition_and_claims(mini: Graph) -> None:
    text = show(mini.store, "kz:worksFor")
    assert text.startswith("works for\npredicate of claims · kz:worksFor\nRelates an agent to")
    assert "\nClaims that name it: 1\n  works for\n    - Dana Ospan is a lawyer of the union.\n" in text


def test_a_class_is_told_with_its_definition_and_what_is_of_it(mini: Graph) -> None:
    text = show(mini.store, "kz:Agent")
    assert text.startswith("agent\nclass · kz:Agent\nA thing that can act, speak, or be acted on as an actor.\n\n")
    assert "\nOf this class: 7\n" in text
    assert "\n  Dana Ospan · id:dana-ospan\n" in text


def test_a_class_without_members_is_told_with_its_definition_alone(mini: Graph) -> None:
    assert show(mini.store, "kz:Country").count("\n") == 3


@pytest.mark.parametrize("name", ["Dana Ospan", "rights-digest.001", "aktas-vestnik", "strike-aktas-2012"])
@pytest.mark.parametrize("width", [0, 40, 72])
def test_lines_are_wrapped_unless_one_word_is_longer(mini: Graph, name: str, width: int) -> None:
    for line in show(mini.store, name, width=width).splitlines():
        assert len(line) <= max(width, 30) or max(map(len, line.split())) > max(width, 30) - 20


def test_text_of_the_graph_never_reaches_the_terminal_raw(mini: Graph) -> None:
    hostile = r"\u001B]0;owned\u0007\u202Eda\nna\r\u009B31m"
    data = mini.nquads.replace(b'"Dana Ospan"', f'"{hostile}"'.encode())
    data = data.replace(b"40 strikers were dismissed", hostile.encode())
    data = data.replace(b"The lawyer of", hostile.encode())
    data = data.replace(b'"Strike at the Aktas salt works"', f'"{hostile}"'.encode())
    with in_memory(data) as store:
        for name in ("id:dana-ospan", "claim:steppe-bulletin.003", "doc:steppe-bulletin"):
            text = show(store, name)
            assert all(line.isprintable() for line in text.split("\n"))
            assert r"\x1b]0;owned\x07\u202eda\nna\r\x9b31m" in text


def test_what_is_not_there_is_not_shown(mini: Graph) -> None:
    with pytest.raises(NotFound, match="Did you mean"):
        show(mini.store, "Dana Osp")


def test_notes_are_told_of_a_node_of_its_names_and_of_its_claims(mini: Graph) -> None:
    dana, kz = expand("id:dana-ospan"), expand("kz:note")
    name = next(part for part in mini.nquads.decode().split() if part.startswith(f"<{dana}.name-"))
    notes = [(f"<{dana}>", "Known by one name."), (name, "So printed once."), (CLAIM, "She says so.")]
    lines = "".join(f'{node} <{kz}> "{text}"@en <{expand("kzg:x")}> .\n' for node, text in notes)
    with in_memory(mini.nquads + lines.encode()) as store:
        text = show(store, "id:dana-ospan")
    assert "\nOur notes\n  Known by one name.\n  on “" in text
    assert "”: So printed once.\n\nClaims about it: 1\n" in text
    assert "\n      claim:steppe-bulletin.005\n      note: She says so.\n" in text


def test_a_work_is_told_with_its_record(mini: Graph) -> None:
    work, graph = f"<{expand('doc:a-leaflet')}>", f"<{expand('kzg:x')}>"
    pairs = {
        "rdf:type": f"<{expand('kz:Report')}>",
        "rdfs:label": '"A leaflet"@en',
        "dcterms:title": '"A leaflet"@en',
        "dcterms:publisher": f"<{expand('id:steppe-bulletin-publisher')}>",
        "dcterms:issued": f'"2012-06"^^<{expand("edtf:EDTF")}>',
        "kz:note": '"Known from a footnote."@en',
    }
    lines = [f"{work} <{expand(curie)}> {value} {graph} .\n" for curie, value in pairs.items()]
    lines.append(f"{CLAIM} <{expand('kz:cites')}> {work} {graph} .\n")
    with in_memory(mini.nquads + "".join(lines).encode()) as store:
        text = show(store, "A leaflet")
    record = "Record\n  publisher  Steppe Bulletin\n  issued     2012-06\n\nOur notes\n  Known from a footnote.\n"
    assert text.startswith(f"A leaflet\nreport · doc:a-leaflet\n\n{record}\nClaims that name it: 1\n")


def test_a_decision_tells_what_else_it_is_about(mini: Graph) -> None:
    text = show(mini.store, "id:aktas-salt-works")
    assert "\n  - different · Management of the Aktas salt works (id:aktas-salt-works-management)\n" in text


def test_the_words_that_a_name_begins_with_are_enough(mini: Graph) -> None:
    assert show(mini.store, "decision on the registration") == show(mini.store, "id:registration-refusal-aktas")

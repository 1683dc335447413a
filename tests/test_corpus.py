"""Files to model: every mistake is told with its place, all at once, and nothing else ever comes out."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from copies import MINI, change, copy_of_mini, line_of, problems_of, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzgraph import canonical, mapping
from kzgraph.build import Graph
from kzgraph.errors import CorpusError, KzgraphError
from kzgraph.model import Quantity, Slug, Span
from kzgraph.paths import Root, find_root

BULLETIN, DIGEST, VESTNIK = (f"documents/{slug}.yaml" for slug in ("steppe-bulletin", "rights-digest", "aktas-vestnik"))
AGENTS, EVENTS, IDENTITY = "entities/agents.yaml", "entities/events.yaml", "judgements/identity.yaml"

# what: (file, old words, new words), (words on the line that is told, the item, the message, the mend)
MISTAKES = {
    # --- claims
    "an unknown field": (
        (BULLETIN, "    when: '2012-05-03'\n    topics: [strike]\n- id: p003", "    wen: '2012-05-03'\n- id: p003"),
        ("wen:", "claim 002", "there is no field `wen` here", "Did you mean `when`"),
    ),
    "an unknown predicate": (
        (BULLETIN, "predicate: startedOn", "predicate: startedOm"),
        ("startedOm", "claim 001", "the ontology has no predicate `startedOm`", "Did you mean `startedOn`"),
    ),
    "a class as predicate": (
        (BULLETIN, "predicate: startedOn", "predicate: Strike"),
        ("predicate: Strike", "claim 001", "the ontology has no predicate `Strike`", ""),
    ),
    "an unknown right": (
        (BULLETIN, "topics: [work, strike]", "topics: [work, strik]"),
        ("strik]", "claim 003", "there is no right `strik`", "Did you mean `strike`"),
    ),
    "a right twice": (
        (BULLETIN, "topics: [work, strike]", "topics: [work, work]"),
        ("work, work", "claim 003", "`work` stands twice in `topics`", "Keep one"),
    ),
    "an unknown speaker": (
        (BULLETIN, "speakers: [dana-ospan]\n    topics", "speakers: [dana-osspan]\n    topics"),
        ("- id: '003'", "claim 003", "`dana-osspan` is not in the corpus", "Did you mean `dana-ospan`"),
    ),
    "an unknown subject": (
        (BULLETIN, "subject: registration-refusal-aktas", "subject: nobody"),
        ("- id: '006'", "claim 006", "`nobody` is not in the corpus", "Add it, or mend the name"),
    ),
    "an unknown object": (
        (BULLETIN, "object: aktas-district-court", "object: aktas-distrct-court"),
        (
            "- id: '006'",
            "claim 006",
            "`aktas-distrct-court` is not in the corpus",
            "Did you mean `aktas-district-court`",
        ),
    ),
    "an unknown place": (
        (BULLETIN, "    topics: [trade-unions]", "    where: aktass"),
        ("- id: '006'", "claim 006", "`aktass` is not in the corpus", "Did you mean `aktas`"),
    ),
    "an unknown work cited": (
        (BULLETIN, "    topics: [trade-unions]", "    cites: [ref-12]"),
        ("- id: '006'", "claim 006", "`ref-12` is not in the corpus", ""),
    ),
    "an entity cited": (
        (BULLETIN, "    topics: [trade-unions]", "    cites: [dana-ospan]"),
        ("- id: '006'", "claim 006", "`dana-ospan` is not in the corpus", ""),
    ),
    "no quote": (
        (BULLETIN, "    quote: Union lawyer Dana Ospan\n", ""),
        ("- id: '005'", "claim 005", "`quote` is missing", "Fill it in"),
    ),
    "an empty quote": (
        (BULLETIN, "quote: Union lawyer Dana Ospan", "quote:"),
        ("quote:\n", "claim 005", "`quote` is empty", "Fill it in"),
    ),
    "a quote of 13 words": (
        (
            BULLETIN,
            "quote: On 3 May 2012 miners at the Aktas salt works stopped work",
            "quote: On 3 a b c d e f g h i j k",
        ),
        ("quote: On 3", "claim 001", "the quote has 13 words", "Shorten it to 12"),
    ),
    "a quote longer than its span": (
        (BULLETIN, "quote: Union lawyer Dana Ospan", "quote: Union lawyer Dana Ospan says"),
        ("lawyer Dana Ospan says", "claim 005", "the quote is longer than the span", "Widen"),
    ),
    "no statement": (
        (BULLETIN, "    statement: Dana Ospan is a lawyer of the union.\n", ""),
        ("- id: '005'", "claim 005", "`statement` is missing", "Fill it in"),
    ),
    "no span": (
        (BULLETIN, "    span: [91, 114]\n", ""),
        ("- id: '005'", "claim 005", "`span` is missing", "Fill it in"),
    ),
    "exact words": (
        (BULLETIN, "    span: [91, 114]\n", "    exact: Union lawyer\n"),
        ("exact:", "claim 005", "`exact` holds words of the source", "kzgraph anchor"),
    ),
    "exact words beside a span": (
        (BULLETIN, "    span: [91, 114]\n", "    span: [91, 114]\n    exact: Union lawyer\n"),
        ("exact:", "claim 005", "`exact` holds words of the source", "kzgraph anchor"),
    ),
    "a span backwards": (
        (BULLETIN, "span: [91, 114]", "span: [114, 91]"),
        ("[114, 91]", "claim 005", "`span` is not [start, end]", "the first one smaller"),
    ),
    "an empty span": (
        (BULLETIN, "span: [91, 114]", "span: [91, 91]"),
        ("[91, 91]", "claim 005", "`span` is not [start, end]", "the first one smaller"),
    ),
    "a span of three": (
        (BULLETIN, "span: [91, 114]", "span: [91, 114, 115]"),
        ("115]", "claim 005", "`span` is not [start, end]", "two whole numbers"),
    ),
    "a span of a million digits": (
        (BULLETIN, "span: [91, 114]", f"span: [91, {'1' * 10_000}]"),
        ("1111", "claim 005", "`span` is not [start, end]", "two whole numbers"),
    ),
    "a span outside its passage": (
        (BULLETIN, "span: [137, 170]", "span: [137, 172]"),
        ("- id: '004'", "claim 004", "its span lies outside passage p003", "Mend the span"),
    ),
    "a claim's span without digest": (
        (BULLETIN, "span: [137, 170]", "span: [136, 170]"),
        ("- id: '004'", "claim 004", "the span 136-170 has no digest", "kzgraph anchor"),
    ),
    "an id twice": (
        (BULLETIN, "- id: '004'", "- id: '003'"),
        ("- id: '003'\n    span: [137", "claim 003", "this id stands twice", "never reused"),
    ),
    "a crooked id": (
        (BULLETIN, "- id: '004'", "- id: '4'"),
        ("- id: '4'", "claim 4", "the id is not like '014'", "three digits"),
    ),
    "a voice without speakers": (
        (BULLETIN, "    topics: [trade-unions]", "    voice: direct"),
        ("voice: direct", "claim 006", "`voice: direct` without speakers", "Name the speakers"),
    ),
    "one's own voice through two others": (
        (BULLETIN, "speakers: [dana-ospan]\n    topics", "speakers: [dana-ospan, aktas]\n    voice: own\n    topics"),
        ("voice: own", "claim 003", "`voice: own` with a chain of speakers", "Only the publisher or author"),
    ),
    "an unknown voice": (
        (DIGEST, "    speakers: [dana-ospan]", "    speakers: [dana-ospan]\n    voice: indrect"),
        ("voice: indrect", "claim 001", "`voice: indrect` is not known", "Did you mean `indirect`"),
    ),
    "an unknown modality": (
        (VESTNIK, "modality: denied", "modality: denyed"),
        ("denyed", "claim 002", "`modality: denyed` is not known", "Did you mean `denied`"),
    ),
    "an unknown polarity": (
        (VESTNIK, "modality: denied", "polarity: minus"),
        ("minus", "claim 002", "`polarity: minus` is not known", "Use one of: "),
    ),
    "a date that is none": (
        (
            BULLETIN,
            "    when: '2012-05-03'\n    topics: [strike]\n  -",
            "    when: 3 May 2012\n    topics: [strike]\n  -",
        ),
        ("3 May 2012\n    topics", "claim 001", "`when: 3 May 2012` is not a date in EDTF", "Write 2011"),
    ),
    "a date backwards": (
        (
            BULLETIN,
            "    when: '2012-05-03'\n    topics: [strike]\n  -",
            "    when: 2012-05/2012-04\n    topics: [strike]\n  -",
        ),
        ("2012-05/", "claim 001", "`when: 2012-05/2012-04` is not a date in EDTF", "Write 2011"),
    ),
    "a date as object that is none": (
        (BULLETIN, "{date: '2012-05-03'}", "{date: May 2012}"),
        ("{date:", "claim 001", "`date: May 2012` is not a date in EDTF", "Write 2011"),
    ),
    "an inference about no date": (
        (BULLETIN, "    topics: [trade-unions]", "    when_inferred: because"),
        ("when_inferred", "claim 006", "`when_inferred` without `when`", "leave it out"),
    ),
    "an object of no kind": (
        (BULLETIN, "{date: '2012-05-03'}", "{words: x}"),
        ("{words:", "claim 001", "the object is none of its kinds", "Write a slug"),
    ),
    "an object of two kinds": (
        (BULLETIN, "{date: '2012-05-03'}", "{date: '2012-05-03', text: x}"),
        ("{date:", "claim 001", "the object is none of its kinds", "Write a slug"),
    ),
    "an unknown concept": (
        (BULLETIN, "{date: '2012-05-03'}", "{concept: right-strik}"),
        ("{concept:", "claim 001", "`concept: right-strik` is not known", "Did you mean `right-strike`"),
    ),
    "a language that is none": (
        (BULLETIN, "{date: '2012-05-03'}", "{text: x, lang: Kazakh}"),
        ("{text:", "claim 001", "`Kazakh` is not a language tag", "Write en"),
    ),
    "a quantity without bounds": (
        (VESTNIK, "{lower: 15, upper: 15, approximation: exact,", "{approximation: about,"),
        ("{quantity:", "claim 001", "the quantity has no bound", "Give lower, upper or both"),
    ),
    "bounds swapped": (
        (VESTNIK, "lower: 15, upper: 15, approximation: exact", "lower: 16, upper: 15, approximation: about"),
        ("{quantity:", "claim 001", "`upper` is smaller than `lower`", "Swap them"),
    ),
    "an exact range": (
        (VESTNIK, "lower: 15, upper: 15,", "lower: 15, upper: 16,"),
        ("{quantity:", "claim 001", "an exact figure has equal bounds", "Set both"),
    ),
    "a number in words": (
        (VESTNIK, "lower: 15,", "lower: fifteen,"),
        ("{quantity:", "claim 001", "`lower: fifteen` is not a plain decimal number", "Write it like"),
    ),
    "no unit": (
        (VESTNIK, "unit: person, ", ""),
        ("{quantity:", "claim 001", "`unit` is missing", "Fill it in"),
    ),
    # --- passages and documents
    "overlapping passages": (
        (BULLETIN, "  span: [91, 171]", "  span: [89, 171]"),
        ("- id: p003", "passage p003", "it begins before the last one ends", "never overlap"),
    ),
    "a passage behind the end": (
        (BULLETIN, "  span: [231, 246]", "  span: [231, 248]"),
        ("- id: p005", "passage p005", "it ends behind the document's end", "Mend the span"),
    ),
    "a passage twice": (
        (BULLETIN, "- id: p005", "- id: p004"),
        ("- id: p004\n  span: [231", "passage p004", "this id stands twice", "in order"),
    ),
    "a crooked passage id": (
        (BULLETIN, "- id: p005", "- id: '5'"),
        ("- id: '5'", "passage 5", "the id is not like p001", "p001, p002"),
    ),
    "an unknown disposition": (
        (BULLETIN, "disposition: furniture", "disposition: furnitur"),
        ("furnitur", "passage p005", "`disposition: furnitur` is not known", "Did you mean `furniture`"),
    ),
    "neither claims nor disposition": (
        (BULLETIN, "  disposition: furniture\n", ""),
        ("- id: p005", "passage p005", "the passage has neither claims nor a disposition", "Map it"),
    ),
    "claims and a disposition": (
        (BULLETIN, "  span: [172, 229]\n", "  span: [172, 229]\n  disposition: rhetoric\n"),
        ("rhetoric", "passage p004", "a passage with claims cannot be `rhetoric`", "Leave the disposition out"),
    ),
    "claims that are none": (
        (BULLETIN, "disposition: furniture", "disposition: claims"),
        ("disposition: claims", "passage p005", "`claims` is said, but there are none", "Map the passage"),
    ),
    "repeating an unknown passage": (
        (BULLETIN, "disposition: furniture", "disposition: furniture\n  repeats: p009"),
        ("- id: p005", "passage p005", "`p009` is not in the corpus", "Did you mean"),
    ),
    "no digest": (
        (VESTNIK, "  0-19: 07fe3b0c95c3144f9d003d5734631a18b25dd9c20063125fdef6147e09df850a\n", ""),
        ("- id: p001", "passage p001", "the span 0-19 has no digest", "kzgraph anchor"),
    ),
    "a crooked digest": (
        (VESTNIK, "  0-19: 07fe3b0c", "  0-19: 07FE3B0C"),
        ("0-19:", "digests", "`0-19` is not a span with its digest", "kzgraph anchor"),
    ),
    "a span of the digests that is none": (
        (VESTNIK, "  0-19: ", "  ²-19: "),
        ("²-19:", "digests", "`²-19` is not a span with its digest", "kzgraph anchor"),
    ),
    "another name than the file's": (
        (VESTNIK, "slug: aktas-vestnik", "slug: aktas-vestnik-2"),
        ("slug:", "document", "the slug `aktas-vestnik-2` is not the file's name", "aktas-vestnik-2.yaml"),
    ),
    "an unknown class of document": (
        (VESTNIK, "type: NewsArticle", "type: NewsArtikle"),
        ("type:", "document", "`type: NewsArtikle` is not known", "Did you mean `NewsArticle`"),
    ),
    "a document in no language": (
        (VESTNIK, "language: ru", 'language: "ru> <a:b"'),
        ("language:", "document", "`ru> <a:b` is not a language tag", "Write en"),
    ),
    "a crooked SHA-256": (
        (VESTNIK, "sha256: d9152ef8", "sha256: D9152ef8"),
        ("source:", "document source", "`sha256` is not 64 hexadecimal digits", "sha256sum"),
    ),
    "no source": (
        (VESTNIK, "  source: {file: vestnik.txt, ", "  note: {file: vestnik.txt, "),
        ("  slug:", "document", "`source` is missing", "Fill it in"),
    ),
    "no web address": (
        (VESTNIK, "  language: ru\n", "  language: ru\n  url: example.org\n"),
        ("url:", "document", "`url` is not a web address", "http://"),
    ),
    "an unknown publisher": (
        (BULLETIN, "publisher: steppe-bulletin-publisher", "publisher: steppe-buletin"),
        ("document:", "document", "`steppe-buletin` is not in the corpus", ""),
    ),
    "a reference with an unknown author": (
        (VESTNIK, "passages:\n", "references:\n- {slug: r-1, title: A, authors: [nobody]}\npassages:\n"),
        ("- {slug: r-1", "reference r-1", "`nobody` is not in the corpus", "Add it"),
    ),
    "a reference called as an entity": (
        (VESTNIK, "passages:\n", "references:\n- {slug: dana-ospan, title: A}\npassages:\n"),
        ("- {slug: dana-ospan", "", "`dana-ospan` is also the entity at", "Rename one"),
    ),
    "a reference called as a document": (
        (BULLETIN, "passages:\n", "references:\n- {slug: aktas-vestnik, title: A}\npassages:\n"),
        ("- {slug: aktas-vestnik", "", "the slug `aktas-vestnik` is already at", "Name it once"),
    ),
    "a list that is none": (
        (VESTNIK, "passages:\n", "references: none\npassages:\n"),
        ("references:", "", "`references` must be a list", "`- …` items"),
    ),
    # --- entities and judgements
    "an unknown class": (
        (AGENTS, "type: Court", "type: Cuort"),
        ("Cuort", "entity aktas-district-court", "the ontology has no class `Cuort`", "Did you mean `Court`"),
    ),
    "no class": (
        (AGENTS, "  type: Court\n", ""),
        ("- slug: aktas-district-court", "entity aktas-district-court", "`type` is missing", "class of the ontology"),
    ),
    "no label": (
        (AGENTS, "  label: Steppe Bulletin\n", ""),
        ("- slug: steppe-bulletin-publisher", "entity steppe-bulletin-publisher", "`label` is missing", "Fill it in"),
    ),
    "a slug twice": (
        (EVENTS, "- slug: aktas\n", "- slug: miners-of-aktas\n"),
        ("- slug: miners", "entity miners-of-aktas", "the slug `miners-of-aktas` is already at", "never shared"),
    ),
    "a crooked slug": (
        (AGENTS, "- slug: steppe-bulletin-publisher", "- slug: Steppe_Bulletin"),
        ("Steppe_Bulletin", "entity Steppe_Bulletin", "`Steppe_Bulletin` is not a slug", "kebab case"),
    ),
    "an unknown kind of name": (
        (AGENTS, "kind: misspelling", "kind: mispelling"),
        ("mispelling", "entity dana-ospan", "`kind: mispelling` is not known", "Did you mean `misspelling`"),
    ),
    "a misspelling printed nowhere": (
        (AGENTS, ", printed_in: [rights-digest]", ""),
        ("text: Osspan", "entity dana-ospan", "the misspelling `Osspan` is printed nowhere", "printed_in"),
    ),
    "a name printed in no document": (
        (AGENTS, "printed_in: [rights-digest]", "printed_in: [rights-digset]"),
        ("- slug: dana-ospan", "entity dana-ospan", "`printed_in: rights-digset` is no document", "`rights-digest`"),
    ),
    "a link that is no IRI": (
        (AGENTS, "  described: An invented newspaper.", "  same_as: [Q42]"),
        ("same_as", "entity steppe-bulletin-publisher", "`Q42` is not an IRI", "http://"),
    ),
    "an unknown judgement": (
        (IDENTITY, "kind: different", "kind: diferent"),
        ("diferent", "judgement identity-002", "`kind: diferent` is not known", "Did you mean `different`"),
    ),
    "a judgement of one": (
        (IDENTITY, "entities: [aktas-salt-works, aktas-salt-works-management]", "entities: [aktas-salt-works]"),
        ("entities: [aktas-salt", "judgement identity-002", "a judgement compares two things", "Name two"),
    ),
    "a judgement of strangers": (
        (IDENTITY, "entities: [aktas-salt-works, aktas-salt-works-management]", "entities: [aktas-salt-works, other]"),
        ("- id: identity-002", "judgement identity-002", "`other` is not in the corpus", ""),
    ),
    "a judgement twice": (
        (IDENTITY, "- id: identity-002", "- id: identity-001"),
        ("- id: identity-001\n  kind: different", "judgement identity-001", "this id stands twice", "never reused"),
    ),
    "a judgement without reason": (
        (IDENTITY, "  reason: The company is not those who speak for it.\n", ""),
        ("- id: identity-002", "judgement identity-002", "`reason` is missing", "Fill it in"),
    ),
    "a judgement on an unknown claim": (
        (IDENTITY, "evidence: [rights-digest.001,", "evidence: [rights-digest.009,"),
        ("- id: identity-001", "judgement identity-001", "`rights-digest.009` is not in the corpus", ""),
    ),
    "a list under another name": (
        (IDENTITY, "judgements:\n", "judgments:\n"),
        ("judgments:", "", "the list `judgements:` or `conflicts:` or `lineage:` is missing", "Begin"),
    ),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_mend(what: str, tmp_path: Path) -> None:
    (file, old, new), (words, item, message, mend) = MISTAKES[what]
    root = copy_of_mini(tmp_path)
    path = root.graph / file
    change(path, old, new)
    place = f"graph/{file}:{line_of(path, words)}:{f' {item}:' if item else ''} {message}"
    told = [str(each) for each in problems_of(root)]
    assert any(each.startswith(place) and mend in each for each in told), "\n".join([place, *told])


@pytest.mark.parametrize("what", ["an unknown predicate", "a voice without speakers", "bounds swapped", "no label"])
def test_a_mistake_is_told_once_and_alone(what: str, tmp_path: Path) -> None:
    (file, old, new), _ = MISTAKES[what]
    root = copy_of_mini(tmp_path)
    change(root.graph / file, old, new)
    assert len(problems_of(root)) == 1


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    root = copy_of_mini(tmp_path)
    change(root.graph / BULLETIN, "predicate: startedOn", "predicate: startedOm")
    change(root.graph / BULLETIN, "disposition: furniture", "disposition: furnitur")
    change(root.graph / DIGEST, "predicate: tookPlaceAt", "predicate: tookPlaceAtt")
    change(root.graph / AGENTS, "type: Court", "type: Cuort")
    change(root.graph / IDENTITY, "kind: different", "kind: diferent")
    (root.graph / "documents" / "broken.yaml").write_text("a: [\n")
    (root.graph / "entities" / "empty.yaml").write_text("")
    with pytest.raises(CorpusError) as caught:
        read(root)
    text = str(caught.value)
    for word in ("startedOm", "furnitur", "tookPlaceAtt", "Cuort", "diferent", "broken.yaml:1: this is not YAML"):
        assert word in text
    assert "graph/entities/empty.yaml: the file is empty. Delete it, or fill it." in text
    assert text.endswith("7 problems; nothing was written.")
    assert list(caught.value.problems) == sorted(caught.value.problems)


@pytest.mark.parametrize("layer", ["entities", "ontology", "judgements", "quantities", "stated", "propositions"])
def test_no_document_takes_the_graph_of_a_layer(layer: str, tmp_path: Path) -> None:
    root = copy_of_mini(tmp_path)
    path = root.graph / VESTNIK
    text = path.read_text(encoding="utf-8").replace("slug: aktas-vestnik", f"slug: {layer}")
    (root.graph / "documents" / f"{layer}.yaml").write_text(text, encoding="utf-8")
    assert any(f"`{layer}` is the name of a layer" in each.message and each.line == 2 for each in problems_of(root))


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    root = copy_of_mini(tmp_path)
    (root.graph / "entities" / "folder.yaml").mkdir()
    assert "cannot be read" in problems_of(root)[0].message


def test_the_mini_corpus_is_what_everyone_knows(mini: Graph) -> None:
    assert [each.slug for each in mini.corpus.documents] == ["aktas-vestnik", "rights-digest", "steppe-bulletin"]
    vestnik, digest, bulletin = mini.corpus.documents
    assert [len(each.claims) for each in (vestnik, digest, bulletin)] == [2, 2, 6]
    first = bulletin.claims[2]
    assert (first.id, first.voice, first.speakers, first.span) == ("003", "indirect", ("dana-ospan",), Span(104, 151))
    assert isinstance(first.object, Quantity)
    assert first.object.words == "40"
    assert bulletin.claims[5].voice == "own"
    assert bulletin.claims[5].object == Slug("aktas-district-court")
    assert vestnik.claims[1].modality == "denied"
    assert all(passage.span in document.digests for document in mini.corpus.documents for passage in document.passages)


def test_the_order_of_files_does_not_count(tmp_path: Path, mini: Graph) -> None:
    root = copy_of_mini(tmp_path)
    (root.graph / AGENTS).rename(root.graph / "entities" / "zz.yaml")
    assert read(root) == mini.corpus


# --- whatever is in the files ---------------------------------------------------------------------------------

FILES = sorted(path.relative_to(MINI / "graph").as_posix() for path in (MINI / "graph").rglob("*.yaml"))
TOKENS = [
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "\n",
    "  ",
    "'",
    '"',
    "#",
    "&a ",
    "*a",
    "!t ",
    "|",
    "null",
    "0",
    "-",
    "9" * 40,
    "²",
]
TOKENS += [
    "\\",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "😀",
    "ж",
    "<",
    ">",
    "%",
    "@",
    ",",
    "..",
    "/",
    "2012-13",
    '"\\u0000"',
    "\t",
]


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Root:
    return copy_of_mini(tmp_path_factory.mktemp("playground"))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """Gives one file of the mini corpus with one to five changes."""
    file = draw(st.sampled_from(FILES))
    text = (MINI / "graph" / file).read_text(encoding="utf-8")
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["delete", "insert", "swap", "delete line", "repeat line", "swap lines", "indent"]))
        if "line" in kind or kind == "indent":
            lines = text.splitlines(keepends=True) or [""]
            one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            if kind == "delete line":
                del lines[one]
            elif kind == "repeat line":
                lines.insert(other, lines[one])
            elif kind == "swap lines":
                lines[one], lines[other] = lines[other], lines[one]
            else:
                lines[one] = "  " + lines[one]
            text = "".join(lines)
        else:
            at = draw(st.integers(0, max(0, len(text) - 1)))
            middle = {"delete": "", "swap": text[at : at + 2][::-1]}.get(kind, "")
            if kind == "insert":
                middle = draw(st.sampled_from(TOKENS) | st.text(max_size=3))
            text = text[:at] + middle + text[at + {"delete": 1, "swap": 2}.get(kind, 0) :]
    return file, text.encode("utf-8", "surrogatepass")


def told(error: KzgraphError) -> None:
    assert isinstance(error, CorpusError)
    assert all(each.path.startswith("graph/") and each.message for each in error.problems)


def holds_or_is_told(root: Root, file: str, data: bytes) -> None:
    """Reads, formats and maps the corpus with one other file: what is not told as a problem is a sound graph."""
    path = root.graph / file
    original = path.read_bytes()
    path.write_bytes(data)
    before = {each: each.read_bytes() for each in root.graph.rglob("*") if each.is_file()}
    try:
        try:
            corpus = read(root)
        except KzgraphError as error:
            told(error)
        else:
            lines = "".join(quad.line() for quad in mapping.quads(corpus)).encode("utf-8")
            assert len(list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))) == lines.count(b" .\n")
        try:
            canonical.format_files(root, write=False)
        except KzgraphError as error:
            told(error)
        assert {each: each.read_bytes() for each in root.graph.rglob("*") if each.is_file()} == before
    finally:
        path.write_bytes(original)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_file=mutated())
def test_a_changed_file_holds_or_is_told(playground: Root, given_file: tuple[str, bytes]) -> None:
    holds_or_is_told(playground, *given_file)


@settings(max_examples=80, deadline=None)
@given(file=st.sampled_from(FILES), data=st.binary(max_size=300))
def test_any_bytes_are_told(playground: Root, file: str, data: bytes) -> None:
    holds_or_is_told(playground, file, data)


@pytest.mark.slow
def test_thousands_of_changed_files_hold_or_are_told(tmp_path: Path) -> None:
    root = copy_of_mini(tmp_path)
    chance = random.Random(20)
    for _ in range(3000):
        file = chance.choice(FILES)
        text = (MINI / "graph" / file).read_text(encoding="utf-8")
        for _ in range(chance.randint(1, 4)):
            low = chance.randrange(len(text))
            high = low + chance.choice([0, 0, 1, 2, 10, 40])
            text = text[:low] + chance.choice([*TOKENS, "", text[low:high] * 2]) + text[high:]
        holds_or_is_told(root, file, text.encode("utf-8"))
    shutil.rmtree(tmp_path)


def test_a_yaml_file_that_nobody_would_read_is_a_problem(tmp_path: Path) -> None:
    root = find_root(shutil.copytree(MINI, tmp_path / "mini"))
    (root.graph / "entities" / "more.yml").write_text("entities: []\n", "utf-8")
    (root.graph / "events.yaml").write_text("entities: []\n", "utf-8")
    with pytest.raises(CorpusError) as caught:
        read(root)
    assert [(problem.path, problem.message) for problem in caught.value.problems] == [
        ("graph/entities/more.yml", "only files that end in .yaml are read"),
        ("graph/events.yaml", "no file is read in this folder"),
    ]

"""From words to spans and digests."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from copies import MINI, change, copy_of_mini, line_of, read

from kzgraph.anchor import anchor
from kzgraph.errors import CorpusError, NotFound
from kzgraph.paths import Root

DOCUMENTS = {"steppe-bulletin": "bulletin.txt", "rights-digest": "digest.txt", "aktas-vestnik": "vestnik.txt"}


@pytest.fixture
def copied(tmp_path: Path) -> Root:
    return copy_of_mini(tmp_path)


def path_of(root: Root, slug: str) -> Path:
    return root.graph / "documents" / f"{slug}.yaml"


def in_words(path: Path, text: str) -> None:
    """Writes every span of a file as the words that stand there, and takes the digests out."""

    def exact(match: re.Match[str]) -> str:
        words = text[int(match[1]) : int(match[2])].replace("'", "''")
        return f"exact: '{words}'"

    body = path.read_text(encoding="utf-8").partition("digests:\n")[0]
    path.write_text(re.sub(r"span: \[([0-9]+), ([0-9]+)\]", exact, body), encoding="utf-8")


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_words_become_the_spans_and_digests_that_were_there(copied: Root, mini_sources: Path, slug: str) -> None:
    path = path_of(copied, slug)
    canonical = path.read_bytes()
    in_words(path, (mini_sources / DOCUMENTS[slug]).read_text(encoding="utf-8"))
    assert path.read_bytes() != canonical
    assert anchor(copied, slug, mini_sources) is True
    assert path.read_bytes() == canonical
    assert anchor(copied, slug, mini_sources) is False
    assert path.read_bytes() == canonical


def test_digests_are_those_of_the_exact_characters(mini_sources: Path) -> None:
    text = (mini_sources / "digest.txt").read_text(encoding="utf-8")
    assert "105-124: " + hashlib.sha256(text[105:124].encode()).hexdigest() in path_of_mini("rights-digest")


def path_of_mini(slug: str) -> str:
    return (MINI / "graph" / "documents" / f"{slug}.yaml").read_text(encoding="utf-8")


def test_a_repeated_phrase_is_found_within_its_own_passage(copied: Root, mini_sources: Path) -> None:
    path = path_of(copied, "steppe-bulletin")
    change(path, "    span: [172, 228]\n", "    exact: union\n")
    anchor(copied, "steppe-bulletin", mini_sources)
    text = (mini_sources / "bulletin.txt").read_text(encoding="utf-8")
    at = text.index("union", 172)
    assert f"span: [{at}, {at + 5}]" in path.read_text(encoding="utf-8")


def test_digests_that_no_span_needs_go_and_those_that_are_there_stay(copied: Root, mini_sources: Path) -> None:
    path = path_of(copied, "aktas-vestnik")
    before = path.read_bytes()
    change(path, "digests:\n", f"digests:\n  1-2: {'0' * 64}\n")
    assert anchor(copied, "aktas-vestnik", mini_sources)
    assert path.read_bytes() == before
    wrong = "0-19: " + "f" * 64
    change(path, "0-19: 07fe3b0c95c3144f9d003d5734631a18b25dd9c20063125fdef6147e09df850a", wrong)
    assert not anchor(copied, "aktas-vestnik", mini_sources)
    assert wrong in path.read_text(encoding="utf-8")


REFUSED = {
    "words that are not there": (
        "span: [68, 123]",
        "exact: директор отрицает",
        "exact:",
        "claim 002",
        "not in the text",
    ),
    "words in another passage": ("span: [68, 123]", "exact: Забастовка", "exact:", "claim 002", "between 68 and 124"),
    "words with another letter": (
        "span: [68, 123]",
        "exact: Дирекция oтрицает",
        "exact:",
        "claim 002",
        "not in the text",
    ),
    "no words": ("span: [68, 123]", "exact: ''", "exact:", "claim 002", "not in the text"),
    "neither words nor span": ("    span: [68, 123]\n", "", "- id: '002'", "claim 002", "neither `exact` nor `span`"),
    "a crooked span": ("span: [68, 123]", "span: [68, ²]", "- id: '002'", "claim 002", "neither `exact` nor `span`"),
    "a huge span": ("span: [68, 123]", f"span: [68, {'9' * 5000}]", "- id: '002'", "claim 002", "neither `exact` nor"),
    "a span behind the end": ("span: [68, 123]", "span: [68, 126]", "- id: '002'", "claim 002", "is not in the text"),
    "an empty span": ("span: [68, 123]", "span: [68, 68]", "- id: '002'", "claim 002", "is not in the text"),
    "a passage that is not there": ("span: [68, 124]", "exact: Share", "exact:", "passage p003", "not in the text"),
    "no YAML": ("digests:\n", "digests: [\n", "digests", "", "not YAML"),
    "another text": ("sha256: d9152ef8", "sha256: d9152ef9", "sha256:", "document source", "has the SHA-256 d9152ef8"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_problem_leaves_the_file_untouched(copied: Root, mini_sources: Path, what: str) -> None:
    old, new, words, item, message = REFUSED[what]
    path = path_of(copied, "aktas-vestnik")
    change(path, old, new)
    change(path, "span: [21, 66]", "exact: уволены 15 человек")  # this one could be anchored
    before = path.read_bytes()
    with pytest.raises(CorpusError) as caught:
        anchor(copied, "aktas-vestnik", mini_sources)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))
    told = caught.value.problems[0]
    if what != "no YAML":
        assert told.line == line_of(path, new if words == "exact:" else words)
    assert (told.where, message in told.message) == (item, True), str(told)


def test_all_words_that_are_not_there_are_told_at_once(copied: Root, mini_sources: Path) -> None:
    path = path_of(copied, "aktas-vestnik")
    change(path, "span: [68, 123]", "exact: abc")
    change(path, "span: [21, 66]", "exact: def")
    with pytest.raises(CorpusError, match="2 problems") as caught:
        anchor(copied, "aktas-vestnik", mini_sources)
    assert [each.where for each in caught.value.problems] == ["claim 001", "claim 002"]


def test_a_document_or_text_that_is_not_there_is_told(copied: Root, mini_sources: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no document `nothing`"):
        anchor(copied, "nothing", mini_sources)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NotFound, match=r"the text vestnik\.txt is not held"):
        anchor(copied, "aktas-vestnik", empty)


def test_what_was_anchored_is_read(copied: Root, mini_sources: Path) -> None:
    before = read(copied)
    for slug, file in DOCUMENTS.items():
        in_words(path_of(copied, slug), (mini_sources / file).read_text(encoding="utf-8"))
        anchor(copied, slug, mini_sources)
    assert read(copied) == before

"""A look at a query's tokens before an engine sees it.

A text nested a thousand deep ends Oxigraph's process, and SERVICE makes it call other machines: neither is for a
query that may have come from anywhere. What is checked is the token stream, never a guess at the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .errors import QueryError

DEEPEST = 120
LONGEST = 200_000  # characters
LONGEST_CHAIN = 1000  # keywords and operators; Oxigraph's process ends at some 2,500 OPTIONALs, BINDs or signs

# Comments, IRIs and strings first, so that nothing within them counts (SPARQL 1.1, section 19.8). Oxigraph reads
# without a tokeniser: `?o.SERVICE`, `trueSERVICE` and `SERVICE:x` all hold the keyword. So a name ends here where it
# may end there, and the letters of SERVICE are looked for within words and prefixes, not only as a word.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n\r]*|\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|:(?:[\w:-]|\\.)*|\\.)
    |(?P<iri><[^<>"{}|^`\x00-\x20]*>)|(?P<prefix>[A-Za-z][\w-]*):(?:[\w:-]|\\.)*
    |(?P<word>[A-Za-z]+)|(?P<open>[({\[])|(?P<close>[)}\]])|(?P<sign>[-+*/|^&=!<>])""",
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_BEHIND_AN_EXPRESSION = re.compile(r"\).*service", re.IGNORECASE)  # `FILTER(1<2)SERVICE:x#>` holds no IRI
_VALUES = frozenset({"TRUE", "FALSE", "UNDEF"})


@lru_cache(maxsize=256)
def check(text: str) -> bool:
    """Checks a query's length, depth and words.

    Returns:
        True if the query names its own dataset (FROM), so that the union of all graphs must not stand in for it.

    Raises:
        QueryError: It is too long, too deep, or asks for SERVICE.
    """
    if len(text) > LONGEST:
        raise QueryError(f"the query is longer than {LONGEST} characters.")
    depth = chain = 0
    dataset = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
            if depth > DEEPEST:
                raise QueryError(f"the query is nested more than {DEEPEST} deep.", hint="Write it flatter.")
        elif kind == "close":
            depth -= 1
        elif kind == "sign":
            chain += 1
        elif kind == "word":
            word = match["word"].upper()
            chain += word not in _VALUES
            dataset = dataset or word == "FROM"
        if _asks_others(match):
            raise QueryError(
                "SERVICE asks other machines, which is not done here.", hint="Ask that endpoint with --endpoint."
            )
        if chain > LONGEST_CHAIN:
            raise QueryError(
                f"the query has more than {LONGEST_CHAIN} keywords and operators.", hint="Use VALUES, or ask in parts."
            )
    return dataset


def _asks_others(match: re.Match[str]) -> bool:
    if match.lastgroup == "iri":
        return _BEHIND_AN_EXPRESSION.search(match["iri"]) is not None
    return match.lastgroup in ("word", "prefix") and _SERVICE.search(match[match.lastgroup]) is not None


def dataset(text: str) -> tuple[list[str], list[str]]:
    """Gives the IRIs of the graphs that a query names with FROM, and with FROM NAMED.

    >>> dataset("PREFIX kzg: <https://w3id.org/kzgraph/graph/> ASK FROM kzg:stated FROM NAMED <a:b> {}")
    (['https://w3id.org/kzgraph/graph/stated'], ['a:b'])
    """
    default: list[str] = []
    named: list[str] = []
    prefixes: dict[str, str] = {}
    before = ["", ""]
    for match in _TOKEN.finditer(text):
        token = match[0].upper() if match.lastgroup == "word" else match[0]
        if token.startswith("#"):
            continue
        if before[0] == "PREFIX" and token.startswith("<"):
            prefixes[before[1]] = token[1:-1]
        elif token != "NAMED" and (before[1] == "FROM" or before == ["FROM", "NAMED"]):
            prefix, _, local = token.partition(":")
            address = token[1:-1] if token.startswith("<") else prefixes.get(f"{prefix}:", "") + local
            (named if before[1] == "NAMED" else default).append(address)
        before = [before[1], token]
    return default, named


def words(text: str) -> Iterator[str]:
    """Gives a query's bare words in capitals, such as SELECT, in their order."""
    return (match["word"].upper() for match in _TOKEN.finditer(text) if match.lastgroup == "word")


def hint(text: str) -> str:
    """Gives advice for a query that an engine could not parse."""
    if not re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", text, re.IGNORECASE):
        return "Begin with SELECT, ASK, CONSTRUCT or DESCRIBE, or give the name of a query (kzgraph queries)."
    return "Check braces, dots and prefixes; every prefix must be declared."

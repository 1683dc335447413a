"""SHACL: are the triples shaped as the ontology says? The only home of the SHACL engine.

The engine is the package ``shacl``: it agrees with pySHACL (the tests compare them) and takes milliseconds.
"""

from __future__ import annotations

import re

from .errors import Problem
from .namespaces import shorten
from .paths import Root
from .terms import parse

_IRI = re.compile(r"<([^>]*)>")


def validate(root: Root, ntriples: str) -> list[Problem]:
    """Checks triples (ontology and data together) against ``ontology/shapes/*.ttl``.

    Returns:
        A problem for each result: its path is the node's short IRI.
    """
    import shacl

    problems: list[Problem] = []
    texts = []
    for path in sorted((root.ontology / "shapes").glob("*.ttl")):
        try:
            shacl.Shapes.from_file(str(path))
            texts.append(path.read_text(encoding="utf-8"))
        except ValueError as error:
            problems.append(Problem(root.show(path), 0, "", f"the shapes cannot be read ({error})", "Mend the file."))
    together = shacl.Shapes.from_text("\n".join(texts), format="turtle")  # so the data are read once, not once a file
    for result in together.validate_text(ntriples, format="nt").results:
        message = (result.message or result.component).rstrip(".")
        node = shorten(parse(result.focus_node).value)
        about = f" ({_IRI.sub(lambda match: shorten(match[1]), result.path)})" if result.path else ""
        problems.append(Problem(node, 0, "", f"{message}{about}", "", result.severity != "Violation"))
    return problems

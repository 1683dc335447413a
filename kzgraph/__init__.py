"""kzgraph: who claims what about whom, in which exact words, on whose word.

The names here are the whole everyday library; each is loaded when it is first used::

    import kzgraph

    graph = kzgraph.build()
    for row in kzgraph.ask(graph.store, "SELECT ?statement WHERE { ?claim kz:statement ?statement }").rows:
        print(row[0].value)
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

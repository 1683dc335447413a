"""kzgraph: who claims what about whom, in which exact words, on whose word.

Nothing is re-exported: each name is imported from the module that is named after it, and a module loads a heavy
library only when it is needed. The everyday names::

    from kzgraph.build import build          # files to graph; ``build().store`` can be asked
    from kzgraph.store import on_disk        # or a store on disk
    from kzgraph.remote import Endpoint      # or a SPARQL endpoint
    from kzgraph.queries import ask          # a named question, or SPARQL
    from kzgraph.results import render       # an answer as text
    from kzgraph.records import read         # claims, entities, documents, passages as dataclasses
    from kzgraph.names import resolve        # a name in any spelling to a node
    from kzgraph.show import show            # somebody or something in words
    from kzgraph.network import entity_network  # a NetworkX graph
    from kzgraph.views import view           # an interactive page
    from kzgraph.export import export        # files for others
    from kzgraph.evidence import verify      # every quote against the texts
    from kzgraph.coverage import coverage    # what is accounted for
"""

__version__ = "0.1.0"

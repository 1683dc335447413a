"""The namespaces that kzgraph writes and reads, and the prefixes that every file uses for them."""

from __future__ import annotations

BASE = "https://w3id.org/kzgraph/"
KZ = f"{BASE}ontology#"

#: Ours first, then the vocabularies of others; the order is that of the prefix lists we write.
PREFIXES: dict[str, str] = {
    "kz": KZ,
    "kzg": f"{BASE}graph/",
    "id": f"{BASE}id/",
    "doc": f"{BASE}doc/",
    "snapshot": f"{BASE}snapshot/",
    "passage": f"{BASE}passage/",
    "claim": f"{BASE}claim/",
    "quantity": f"{BASE}quantity/",
    "proposition": f"{BASE}proposition/",
    "judgement": f"{BASE}judgement/",
    "reuse": f"{BASE}reuse/",
    "conflict": f"{BASE}conflict/",
    "origin": f"{BASE}origin/",
    "fold": f"{BASE}fold/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
}


def expand(curie: str) -> str:
    """Gives the IRI of a prefixed name.

    >>> expand("kz:Claim")
    'https://w3id.org/kzgraph/ontology#Claim'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """Gives the shortest name that people can read: a prefixed name where a prefix fits, else the IRI.

    >>> shorten("https://w3id.org/kzgraph/id/vadim-kuramshin")
    'id:vadim-kuramshin'
    """
    fits = [(base, prefix) for prefix, base in PREFIXES.items() if iri.startswith(base)]
    if not fits:
        return iri
    base, prefix = max(fits)
    return f"{prefix}:{iri[len(base) :]}"

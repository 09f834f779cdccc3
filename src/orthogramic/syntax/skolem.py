"""Replace blank nodes by IRIs that stay the same when the same document is read again.

No blank node is stored.  RDF 1.1 Concepts, section 3.5, reserves ``/.well-known/genid/`` of a
host for the IRIs that stand in for blank nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import urljoin

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from orthogramic.syntax.terms import Subject

_WITH_BLANK_NODES = (BlankNode, Triple)

#: What the parser calls a node that the document gives no label: at random, anew at each reading.
_MADE_UP = re.compile(r"[a-f][0-9a-f]{23,31}")


class _Skolemizer:
    def __init__(self, base_iri: str, document: str) -> None:
        self._base = urljoin(base_iri, "/.well-known/genid/")
        self._document = document
        self._names: dict[str, NamedNode] = {}

    def node(self, node: BlankNode) -> NamedNode:
        name = self._names.get(node.value)
        if name is None:
            # No label begins so: a node without one is told by its place in the document.
            place = f"#{len(self._names)}"
            label = place if _MADE_UP.fullmatch(node.value) else node.value
            digest = sha256(f"{self._document}\n{label}".encode()).hexdigest()
            name = self._names[node.value] = NamedNode(f"{self._base}{digest[:32]}")
        return name

    def triple(self, triple: Triple) -> Triple:
        subject, term = triple.subject, triple.object
        return Triple(
            self.subject(subject),
            triple.predicate,
            term if isinstance(term, Literal) else self.subject(term),
        )

    def subject(self, term: Subject) -> Subject:
        if isinstance(term, Triple):
            return self.triple(term)
        return self.node(term) if isinstance(term, BlankNode) else term

    def quad(self, quad: Quad) -> Quad:
        if not (
            isinstance(quad.subject, _WITH_BLANK_NODES)
            or isinstance(quad.object, _WITH_BLANK_NODES)
            or isinstance(quad.graph_name, BlankNode)
        ):
            return quad
        triple = self.triple(quad.triple)
        graph = quad.graph_name
        if isinstance(graph, BlankNode):
            graph = self.node(graph)
        return Quad(triple.subject, triple.predicate, triple.object, graph)


def skolemize(quads: Iterable[Quad], base_iri: str, document: str) -> Iterator[Quad]:
    """Replace every blank node by an IRI.

    :param quads: statements of one document, with the labels that the document gave.
    :param base_iri: an IRI of the host under which the new IRIs are to stand.
    :param document: what tells this document from others, best a digest of its content; the same
        label, and the same place where there is no label, in the same document always gives the
        same IRI, in another document another one.
    :returns: the statements without blank nodes, in the same order.
    """
    skolemizer = _Skolemizer(base_iri, document)
    return map(skolemizer.quad, quads)

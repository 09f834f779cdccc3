"""Validation of documents straight from their bytes.

A document that somebody wants judged never goes through the store, which rewrites literals: what
is validated is what is written, lexical form by lexical form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TypeAlias

from pyoxigraph import Triple

from orthogramic.metamodel import Metamodel
from orthogramic.syntax import RdfSyntax, read_document
from orthogramic.validation.locating import DocumentPlaces
from orthogramic.validation.progress import Progress
from orthogramic.validation.report import ValidationReport
from orthogramic.validation.validator import validate

#: Yields what follows from triples.
Entail: TypeAlias = Callable[[Iterable[Triple]], Iterable[Triple]]


def validate_documents(
    data: bytes,
    syntax: RdfSyntax,
    shapes: bytes | None = None,
    shapes_syntax: RdfSyntax = RdfSyntax.TURTLE,
    *,
    metamodel: Metamodel | None = None,
    entail: Entail | None = None,
    source: str = "data",
    progress: Progress | None = None,
) -> ValidationReport:
    """Validate one document.

    Named graphs are merged.

    :param data: the document.
    :param syntax: its syntax.
    :param shapes: the shapes; without them those of the bundle.
    :param shapes_syntax: the syntax of ``shapes``.
    :param metamodel: the bundle.  With shapes of the caller's own only they count, and the bundle
        contributes nothing.
    :param entail: yields what follows from triples under the bundle, so that a document is judged
        as it would be at the gate; without it only subclass statements are laid beside the data.
    :param source: what the person calls the document.
    :param progress: is told each stage.
    :returns: the report, with the place of each fault in the document.
    :raises RdfSyntaxError: if a document does not parse.
    :raises EmptyInputError: if a document is empty.
    :raises InvalidShapesError: if the shapes are not well formed, or there are none.
    :raises QueryRefusedError: if the shapes hold SPARQL that may not be evaluated here.
    """
    triples = _triples(data, syntax, source)
    locate = DocumentPlaces(data, syntax, source).locate
    if shapes is not None:
        own = _triples(shapes, shapes_syntax, "shapes")
        return validate(triples, own, locate=locate, progress=progress)
    if metamodel is None:
        raise ValueError("either shapes or a metamodel must be given")
    following = entail(triples) if entail else ()
    return validate(
        chain(triples, following),
        metamodel.shapes_graph,
        metamodel.ontology,
        locate=locate,
        progress=progress,
    )


def validate_bytes(data: bytes, shapes: bytes, syntax: RdfSyntax = RdfSyntax.NTRIPLES) -> bytes:
    """Validate a document against shapes and nothing else.

    :param data: the document.
    :param shapes: the shapes.
    :param syntax: the syntax of both.
    :returns: the ``sh:ValidationReport`` in Turtle.
    :raises OrthogramicError: as :func:`validate_documents`.
    """
    # An empty data graph is nothing unusual here: shapes may target nodes by name.
    triples = _triples(data, syntax, "data") if data.strip() else []
    return validate(triples, _triples(shapes, syntax, "shapes")).to_turtle().encode()


def _triples(document: bytes, syntax: RdfSyntax, source: str) -> list[Triple]:
    content = read_document(document, syntax, source=source)
    return [Triple(each.subject, each.predicate, each.object) for each in content.quads]

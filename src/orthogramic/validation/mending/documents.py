"""Mends of whole documents: offered, or made in a copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Quad, Triple, serialize

from orthogramic.metamodel import Metamodel
from orthogramic.syntax import RdfDocument, RdfSyntax, read_document, to_trig, to_turtle
from orthogramic.syntax.terms import GraphName
from orthogramic.validation.compiled import CompiledShapes, compile_shapes
from orthogramic.validation.locating import DocumentPlaces
from orthogramic.validation.mending.bench import Bench, Entail
from orthogramic.validation.mending.patch import Mend
from orthogramic.validation.mending.proposing import Mends, mend_all, propose
from orthogramic.validation.progress import Progress
from orthogramic.validation.report import ValidationReport


@dataclass(frozen=True, slots=True)
class MendedDocument:
    """A copy of a document with mends made in it.

    :param content: the copy, in the syntax of the document, written canonically.
    :param applied: the mends that were made.
    :param before: the report of the document.
    :param after: the report of the copy.
    """

    content: bytes
    applied: tuple[Mend, ...]
    before: ValidationReport
    after: ValidationReport


def mends_of_document(
    data: bytes,
    syntax: RdfSyntax,
    shapes: bytes | None = None,
    shapes_syntax: RdfSyntax = RdfSyntax.TURTLE,
    *,
    metamodel: Metamodel | None = None,
    entail: Entail | None = None,
    source: str = "data",
    progress: Progress | None = None,
) -> Mends:
    """Validate a document and offer mends.

    Parameters and errors as those of :func:`orthogramic.validation.validate_documents`.
    """
    document = read_document(data, syntax, source=source)
    judged_by = _shapes(shapes, shapes_syntax, metamodel)
    bench = Bench(
        judged_by, _triples(document), entail if entail and shapes is None else _nothing, progress
    )
    return _proposed(bench, DocumentPlaces(data, syntax, source))


def mend_document(
    data: bytes,
    syntax: RdfSyntax,
    shapes: bytes | None = None,
    shapes_syntax: RdfSyntax = RdfSyntax.TURTLE,
    *,
    metamodel: Metamodel | None = None,
    entail: Entail | None = None,
    source: str = "data",
    progress: Progress | None = None,
) -> MendedDocument:
    """Make every mend that can be made in a copy of a document, until none is left.

    Parameters and errors as those of :func:`orthogramic.validation.validate_documents`.
    """
    document = read_document(data, syntax, source=source)
    judged_by = _shapes(shapes, shapes_syntax, metamodel)
    follows = entail if entail and shapes is None else _nothing
    bench = Bench(judged_by, _triples(document), follows, progress)
    mends = first = _proposed(bench, DocumentPlaces(data, syntax, source))
    applied: list[Mend] = []
    quads = document.quads
    while newly := mend_all(bench, mends):
        applied += newly
        quads = _patched(quads, newly)
        mends = propose(bench)
    after = bench.validator.report(bench.findings)
    return MendedDocument(_written(quads, syntax, document), tuple(applied), first.report, after)


def _proposed(bench: Bench, places: DocumentPlaces) -> Mends:
    report = bench.validator.report(bench.findings, locate=places.locate)
    return propose(bench, report)


def _nothing(_triples: Iterable[Triple]) -> Iterable[Triple]:
    return ()


def _shapes(shapes: bytes | None, syntax: RdfSyntax, metamodel: Metamodel | None) -> CompiledShapes:
    if shapes is not None:
        return compile_shapes(_triples(read_document(shapes, syntax, source="shapes")))
    if metamodel is None:
        raise ValueError("either shapes or a metamodel must be given")
    return compile_shapes(metamodel.shapes_graph, metamodel.ontology)


def _triples(document: RdfDocument) -> list[Triple]:
    return [each.triple for each in document.quads]


def _patched(quads: Iterable[Quad], mends: Iterable[Mend]) -> tuple[Quad, ...]:
    """Make patches in quads: what is added goes where its subject stands already."""
    kept = dict.fromkeys(quads)
    for mend in mends:
        removed = frozenset(mend.patch.removed)
        going = [each for each in kept if each.triple in removed]
        graphs = [each.graph_name for each in going]
        for triple in mend.patch.added:
            graph = _home(triple, graphs, kept)
            kept[Quad(triple.subject, triple.predicate, triple.object, graph)] = None
        for each in going:
            del kept[each]
    return tuple(kept)


def _home(triple: Triple, graphs: list[GraphName], quads: Iterable[Quad]) -> GraphName:
    if graphs:
        return graphs[0]
    around = (each.graph_name for each in quads if each.subject == triple.subject)
    return next(around, DefaultGraph())


def _written(quads: tuple[Quad, ...], syntax: RdfSyntax, document: RdfDocument) -> bytes:
    """Write quads in the syntax of the document, with its prefixes."""
    if syntax is RdfSyntax.TURTLE:
        return to_turtle((each.triple for each in quads), document.prefixes).encode()
    if syntax is RdfSyntax.TRIG:
        return to_trig(quads, document.prefixes).encode()
    lines = syntax in (RdfSyntax.NTRIPLES, RdfSyntax.NQUADS)
    prefixes = None if lines else dict(document.prefixes)
    if syntax.has_named_graphs:
        return serialize(quads, format=syntax.rdf_format, prefixes=prefixes) or b""
    triples = [each.triple for each in quads]
    return serialize(triples, format=syntax.rdf_format, prefixes=prefixes) or b""

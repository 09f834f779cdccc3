"""Running pySHACL: the only module that touches it.

pySHACL's ``validate()`` switches rdflib's global literal handling while it runs, so the validator
underneath it is used, with graphs that are already loaded.  SHACL Advanced Features and JavaScript
stay off.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode, Triple

from orthogramic.errors import InvalidShapesError, OrthogramicError
from orthogramic.validation.progress import Progress
from orthogramic.validation.rdflib_terms import RdflibConverter, silent_literals, triples_of

if TYPE_CHECKING:
    import rdflib
    from pyshacl import ShapesGraph

_LOG = logging.getLogger(__name__)
_DEEPEST_SHAPES = 30


def run_pyshacl(
    data: Iterable[Triple],
    shapes: Iterable[Triple],
    progress: Progress | None,
    only: Collection[NamedNode | BlankNode] | None = None,
) -> list[Triple]:
    """Validate a graph with pySHACL, over a plain in-memory rdflib graph.

    Never over a store adapter: there xsd:string literals compare wrongly and counting is slow.

    :param data: the data.
    :param shapes: the shapes graph.
    :param progress: is told each shape; and the stage, unless only some shapes are asked for.
    :param only: the shapes whose targets are validated; all by default.
    :returns: the report graph.
    :raises InvalidShapesError: if the shapes are not well formed or cannot be evaluated.
    :raises QueryRefusedError: if the query of a constraint reaches beyond the data.
    """
    return PyshaclRun(data, shapes).report(progress, only)


class PyshaclRun:
    """Data and shapes as pySHACL takes them: making them is a good part of its work.

    :param data: the data.
    :param shapes: the shapes graph.
    """

    def __init__(self, data: Iterable[Triple], shapes: Iterable[Triple]) -> None:
        self._converter = RdflibConverter()
        self._data = self._converter.data_graph(data)
        self._shapes = self._converter.shapes_graph(shapes)

    def report(
        self,
        progress: Progress | None = None,
        only: Collection[NamedNode | BlankNode] | None = None,
    ) -> list[Triple]:
        """Validate; parameters, result and errors as those of :func:`run_pyshacl`."""
        from pyshacl import Validator  # noqa: PLC0415 - slow to import
        from pyshacl.graph_abstraction import DataGraph  # noqa: PLC0415

        chosen = None if only is None else frozenset(self._converter.term(each) for each in only)
        options = {"logger": _LOG, "inplace": True, "max_validation_depth": _DEEPEST_SHAPES}
        validator = Validator(
            DataGraph.from_rdflib(self._data), shacl_graph=self._shapes, options=options
        )
        validator.shacl_graph = _observed(self._shapes, progress, chosen)
        try:
            with silent_literals():
                _, report, _ = validator.run()  # type: ignore[no-untyped-call]
        except (OrthogramicError, MemoryError):
            raise
        except Exception as error:
            # Whatever goes wrong in there goes wrong over the shapes: the data is only triples.
            raise InvalidShapesError(f"The shapes cannot be applied: {_reason(error)}") from error
        return list(triples_of(report))


def _observed(
    graph: rdflib.Graph,
    progress: Progress | None,
    only: frozenset[rdflib.term.Node] | None,
) -> ShapesGraph:
    """Make a shapes graph that tells of progress and looks each shape's constraints up once."""
    from pyshacl import ShapesGraph  # noqa: PLC0415 - slow to import
    from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS  # noqa: PLC0415

    parameters = {each: each for each in ALL_CONSTRAINT_PARAMETERS}

    class ObservedShapes(ShapesGraph):
        """See :func:`_observed`."""

        def __init__(self) -> None:
            super().__init__(graph, logger=_LOG)
            self._constraints: dict[rdflib.term.Node, list[tuple[Any, Any]]] = {}

        @property
        def shapes(self) -> Iterator[Any]:
            found = [each for each in super().shapes if only is None or each.node in only]
            if progress and only is None:
                progress.stage("Validating", len(found))
            for shape in found:
                yield shape
                if progress:
                    progress.advance(1)

        def predicate_objects(self, s: rdflib.term.Node) -> list[tuple[Any, Any]]:
            # pySHACL asks for every focus node and keeps only the parameters of constraints;
            # comparing all predicates with all parameters each time takes most of its time.
            if s not in self._constraints:
                self._constraints[s] = [
                    (parameters[predicate], value)
                    for predicate, value in graph.predicate_objects(s)
                    if predicate in parameters
                ]
            return self._constraints[s]

    return ObservedShapes()


def _reason(error: Exception) -> str:
    message = str(getattr(error, "message", error)) or type(error).__name__
    return message.splitlines()[0].rstrip(".") + "."

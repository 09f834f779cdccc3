"""An rdflib graph that parses each query once and refuses those that reach beyond it.

pySHACL hands the text of a SPARQL constraint to the graph once for each focus node, and rdflib's
parser takes longer than the evaluation.  The parsed form is also where a federated query shows
whatever its spelling: escapes and comments are gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orthogramic.errors import QueryRefusedError

if TYPE_CHECKING:
    import rdflib
    from rdflib.plugins.sparql.sparql import Query


def new_graph() -> rdflib.Graph:
    """Make an empty in-memory graph whose SPARQL queries are prepared once and stay inside it.

    Its ``query`` raises :class:`QueryRefusedError` for SERVICE, FROM and FROM NAMED.
    """
    import rdflib  # noqa: PLC0415 - slow to import
    from rdflib.plugins.sparql import prepareQuery  # noqa: PLC0415

    class PreparedGraph(rdflib.Graph):
        """See :func:`new_graph`."""

        def __init__(self) -> None:
            super().__init__(bind_namespaces="none")
            self._prepared: dict[str, Query] = {}

        def query(
            self, query_object: str | Query, *args: Any, **options: Any
        ) -> rdflib.query.Result:
            if isinstance(query_object, str):
                text = query_object
                if text not in self._prepared:
                    prepared = prepareQuery(text)
                    refuse_reaching_out(prepared)
                    self._prepared[text] = prepared
                query_object = self._prepared[text]
            return super().query(query_object, *args, **options)

    return PreparedGraph()


def refuse_reaching_out(query: Query) -> None:
    """Refuse a parsed query that reads anything but the graph that it is put to.

    :param query: a query prepared by rdflib.
    :raises QueryRefusedError: if it has SERVICE, FROM or FROM NAMED anywhere.
    """
    pending: list[Any] = [query.algebra]
    while pending:
        part = pending.pop()
        if isinstance(part, dict):
            name = getattr(part, "name", "")
            if name == "ServiceGraphPattern":
                raise QueryRefusedError(
                    "A SPARQL constraint of the shapes is refused. SERVICE is not allowed: no "
                    "other endpoint is asked from here.",
                    reason="service-not-allowed",
                )
            if dict.get(part, "datasetClause"):  # rdflib gives "get" another meaning
                raise QueryRefusedError(
                    "A SPARQL constraint of the shapes is refused. It names graphs to read "
                    "(FROM), and it may only read the data that is validated.",
                    reason="dataset-not-allowed",
                )
            pending += part.values()
        elif isinstance(part, list | tuple | set):
            pending += part

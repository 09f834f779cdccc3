"""What commands ask: the store in this process, or the service that holds it.

Both give the same documents, so a command does not know which one it speaks to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

from orthogramic.errors import StoreInUseError
from orthogramic.facade import Repository, open_repository, store_path
from orthogramic.repository.directory import announced_service
from orthogramic.syntax import RdfSyntax, ResultFormat

Document = dict[str, Any]


class Backend(Protocol):
    """Answers to what commands ask, as documents of the interface contract."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def ask(self, direction: str, question: Mapping[str, Any]) -> Document:
        """Answer a question of impact or dependencies."""

    def paths(self, question: Mapping[str, Any]) -> Document:
        """Explain in which ways one entity needs or affects another."""

    def search(self, text: str, class_name: str | None, limit: int, offset: int) -> Document:
        """Find entities by their words."""

    def entities(
        self, class_name: str | None, domain: str | None, limit: int, offset: int
    ) -> Document:
        """List entities."""

    def entity(self, name: str) -> Document:
        """Show one entity."""

    def stats(self) -> Document:
        """Count what is there."""

    def history(self, limit: int, offset: int) -> Document:
        """List commits."""

    def queries(self) -> Document:
        """List saved queries."""

    def saved_query(self, name: str, values: Mapping[str, str], media: ResultFormat) -> bytes:
        """Answer a saved query in a result format."""

    def sparql(self, text: str, results: ResultFormat, graph: RdfSyntax) -> tuple[bool, bytes]:
        """Answer a query: whether the answer is an RDF graph, and its bytes."""

    def export(self, syntax: str, graph: str | None, entity: str | None) -> Iterator[bytes]:
        """Export as RDF."""


def open_backend(store: str | None, bundle: Sequence[str]) -> Backend:
    """Open the store, or go through the service that holds it.

    :param store: a directory, or the address of a service.
    :raises StoreInUseError: if another process holds the directory and offers no service.
    """
    if store and store.startswith(("http://", "https://")):
        return _service(store)
    url = announced_service(store_path(store))
    if url:
        return _service(url)
    try:
        return LocalBackend(open_repository(store, bundle=bundle, create=False))
    except StoreInUseError as error:
        # The service may have come up between the two looks.
        url = error.extra.get("service")
        if url:
            return _service(str(url))
        raise


def _service(url: str) -> Backend:
    from orthogramic.cli.service_backend import ServiceBackend  # noqa: PLC0415 - slow to import

    return ServiceBackend(url)


class LocalBackend:
    """Answers from a repository in this process."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._repository.close()

    def ask(self, direction: str, question: Mapping[str, Any]) -> Document:
        """Answer a question of impact or dependencies."""
        options = dict(question)
        sources = options.pop("source")
        verb = self._repository.impact if direction == "impact" else self._repository.dependencies
        return verb(sources, **options).to_dict()

    def paths(self, question: Mapping[str, Any]) -> Document:
        """Explain in which ways one entity needs or affects another."""
        return self._repository.paths(**question).to_dict()

    def search(self, text: str, class_name: str | None, limit: int, offset: int) -> Document:
        """Find entities by their words."""
        return self._repository.search(text, class_name, limit, offset).to_dict()

    def entities(
        self, class_name: str | None, domain: str | None, limit: int, offset: int
    ) -> Document:
        """List entities."""
        return self._repository.entities(class_name, domain, limit, offset).to_dict()

    def entity(self, name: str) -> Document:
        """Show one entity."""
        return self._repository.entity(name).to_dict()

    def stats(self) -> Document:
        """Count what is there."""
        return self._repository.stats().to_dict()

    def history(self, limit: int, offset: int) -> Document:
        """List commits."""
        return self._repository.history(limit, offset).to_dict()

    def queries(self) -> Document:
        """List saved queries."""
        items = [each.to_dict() for each in self._repository.queries()]
        return {"items": items, "total": len(items), "limit": len(items), "offset": 0}

    def saved_query(self, name: str, values: Mapping[str, str], media: ResultFormat) -> bytes:
        """Answer a saved query in a result format."""
        return self._repository.saved_query(name, values).serialize(media)

    def sparql(self, text: str, results: ResultFormat, graph: RdfSyntax) -> tuple[bool, bytes]:
        """Answer a query: whether the answer is an RDF graph, and its bytes."""
        answer = self._repository.sparql(text)
        media = graph if answer.is_graph else results
        return answer.is_graph, b"".join(answer.serialize(media))

    def export(self, syntax: str, graph: str | None, entity: str | None) -> Iterator[bytes]:
        """Export as RDF."""
        return self._repository.export(syntax, graph=graph, entity=entity)

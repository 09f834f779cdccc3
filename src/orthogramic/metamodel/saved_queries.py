"""The saved queries of a bundle, read when somebody asks for one or for their faults.

A command line that asks another question has no use for them, and reading them takes longer than
all else in a bundle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import NamedNode

from orthogramic.errors import BundleError, Fault
from orthogramic.metamodel.documents import Document
from orthogramic.metamodel.model import SavedQuery

ClassLookup = Callable[[str], NamedNode | None]


class SavedQueries(Mapping[str, SavedQuery]):
    """Saved queries by name, sorted; the same at every look.

    :param documents: the ``.rq`` documents.
    :param find_class: gives the class of a local name or IRI, or ``None``.
    :raises BundleError: at the first look, if a query has a fault.
    """

    def __init__(self, documents: tuple[Document, ...], find_class: ClassLookup) -> None:
        self._documents = documents
        self._find_class = find_class

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the queries."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[Mapping[str, SavedQuery], tuple[Fault, ...]]:
        # The reader brings the libraries that only headers need.
        from orthogramic.metamodel.queries import read_queries  # noqa: PLC0415

        found, faults = read_queries(list(self._documents), self._find_class)
        return found, tuple(faults)

    @property
    def _sound(self) -> Mapping[str, SavedQuery]:
        found, faults = self._read
        if faults:
            raise BundleError(sorted(set(faults)))
        return found

    def __getitem__(self, name: str) -> SavedQuery:
        return self._sound[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sound)

    def __len__(self) -> int:
        return len(self._sound)

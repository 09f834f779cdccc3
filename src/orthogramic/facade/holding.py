"""What all sides of the facade share: the knowledge base that they hold, and what it is."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from pyoxigraph import NamedNode

from orthogramic.errors import UsageError
from orthogramic.metamodel import ClassTerm, Metamodel
from orthogramic.repository.asking import Asking, graph_name
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.repository.projection import Projection
from orthogramic.repository.saved_sets import SavedSets
from orthogramic.repository.tokens import TokenKeeper
from orthogramic.vocabulary import KR

StrPath = str | os.PathLike[str]


class Holding:
    """Holds an open knowledge base until it is closed."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._naming = Naming(
            knowledge.catalogue, knowledge.metamodel, knowledge.store, knowledge.base_iri
        )
        self._projection = Projection(knowledge)
        self._asking = Asking(knowledge, self._naming)
        self._sets = SavedSets(self._asking, knowledge.metamodel, knowledge.catalogue)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files and let the directory go."""
        self._knowledge.close()

    @property
    def metamodel(self) -> Metamodel:
        """What the bundle says."""
        return self._knowledge.metamodel

    @property
    def snapshot(self) -> int:
        """Number of the last commit, 0 if there is none."""
        return self._knowledge.snapshot

    @property
    def base_iri(self) -> str:
        """Base of the IRIs of entities and commits."""
        return self._knowledge.base_iri

    @property
    def location(self) -> Path | None:
        """The directory, or ``None`` in memory."""
        directory = self._knowledge.directory
        return directory.root if directory else None

    def tokens(self) -> TokenKeeper:
        """Return what makes, lists and revokes the tokens of the store.

        :raises UsageError: if the repository is kept in memory.
        """
        if self._knowledge.directory is None:
            raise UsageError("A store in memory has no tokens; one in a directory has.")
        return TokenKeeper(self._knowledge.directory.root)

    def announce(self, url: str) -> None:
        """Let other processes find the service that holds this repository."""
        if self._knowledge.directory:
            self._knowledge.directory.announce(url)

    def withdraw(self) -> None:
        """Take the announcement of :meth:`announce` back."""
        if self._knowledge.directory:
            self._knowledge.directory.withdraw()

    def _graph(self, graph: str | None) -> NamedNode:
        return graph_name(graph) if graph else KR.default

    def _optional_graph(self, graph: str | None) -> NamedNode | None:
        return graph_name(graph) if graph else None

    def _class(self, name: str | None) -> ClassTerm | None:
        return self.metamodel.class_named(name) if name else None

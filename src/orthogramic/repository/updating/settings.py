"""What an update is carried out against, beside the store itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from orthogramic.repository.changes import ChangeSet
from orthogramic.repository.store_settings import DEFAULT_BASE_IRI
from orthogramic.repository.updating.evaluation import AtHome, Evaluation
from orthogramic.store import QuadStore
from orthogramic.vocabulary import KR, SYSTEM_GRAPHS


class Following(Protocol):
    """What a change brings along: the two sides of a change of the inferred graph, or of more."""

    @property
    def removed(self) -> Iterable[Quad]:
        """Quads that go along."""

    @property
    def added(self) -> Iterable[Quad]:
        """Quads that come along."""


class Follow(Protocol):
    """Works out what a change brings along."""

    def __call__(self, change: ChangeSet, store: QuadStore, /) -> Following:
        """Return what follows from a change that a store does not have yet."""


@dataclass(frozen=True, slots=True)
class UpdateSettings:
    """How the words of an update are to be taken.

    :param prefixes: prefixes that it may use without declaring them.
    :param base_iri: what relative IRIs are relative to.
    :param unnamed: the graph that is meant where none is named.
    :param protected: graphs that no update may change.
    :param apart: graphs that have no part in the merge.
    :param plain: whether a pattern without a dataset of its own reads the unnamed graph alone, and
        ``GRAPH`` reaches it by its name only; else it reads the merge.
    :param nodes_base: an IRI of the host under which blank nodes get their IRIs.
    :param max_depth: the greatest nesting of brackets.
    :param workspace: an existing directory on the disk of the store, for a copy that goes again;
        ``None`` for the system's.
    :param follow: what a change brings along, for the operations that come after it.
    :param evaluation: where patterns are evaluated, and when the work ends.
    """

    prefixes: Mapping[str, str] | None = None
    base_iri: str | None = None
    unnamed: NamedNode = KR.default
    protected: frozenset[NamedNode] = SYSTEM_GRAPHS
    apart: frozenset[NamedNode] = SYSTEM_GRAPHS - {KR.inferred}
    plain: bool = False
    nodes_base: str = DEFAULT_BASE_IRI
    max_depth: int = 100
    workspace: Path | None = None
    follow: Follow | None = None
    evaluation: Evaluation = field(default_factory=AtHome)

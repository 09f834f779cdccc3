"""Hits counted by class and by domain: of the whole answer, whatever page of it is shown.

An entity belongs to its most specific class and to the domain (the ontology module) of that
class, so that every hit counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.reach import Reached
from orthogramic.graph.arrays import Flags, Numbers
from orthogramic.graph.model import EntityGraph
from orthogramic.metamodel import Metamodel
from orthogramic.syntax import local_name


class Grouping(StrEnum):
    """What hits are put together by."""

    CLASS = "class"
    DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one class, or of one domain.

    :param iri: of the class or the domain; ``None`` for entities of none that the bundle knows.
    :param name: local name of the class; empty of a domain.
    :param label: what it is called, empty if it is none.
    :param hits: how many hits belong to it.
    :param certain: how many of them are certain.
    :param best_score: the greatest score among them.
    :param domain: IRI of the domain of a class.
    """

    iri: str | None
    name: str
    label: str
    hits: int
    certain: int
    best_score: float
    domain: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return what both kinds of group have."""
        return {
            "iri": self.iri,
            "label": self.label,
            "hits": self.hits,
            "certain": self.certain,
            "best_score": self.best_score,
        }


@dataclass(frozen=True, slots=True)
class Groups:
    """All hits of an answer by class and by domain: by falling best score, then hits, then IRI."""

    classes: tuple[Group, ...] = ()
    domains: tuple[Group, ...] = ()

    def by(self, grouping: Grouping) -> tuple[Group, ...]:
        """Return the groups of one kind."""
        return self.classes if grouping is Grouping.CLASS else self.domains

    def to_dict(self) -> dict[str, Any]:
        """Return ``classes``, each with its local name and its ``domain``, and ``domains``."""
        return {
            "classes": [
                {"class": each.name, **each.to_dict(), "domain": each.domain}
                for each in self.classes
            ],
            "domains": [each.to_dict() for each in self.domains],
        }


class Kinship:
    """The class and the domain of every classification of a graph."""

    def __init__(self, graph: EntityGraph, metamodel: Metamodel) -> None:
        self._graph = graph
        self._metamodel = metamodel
        self._classes = [metamodel.most_specific(each.classes) for each in graph.classifications]

    def class_of(self, code: int) -> NamedNode | None:
        """Return the most specific class of a classification, by its number."""
        return self._classes[code]

    def domain_of(self, code: int) -> NamedNode | None:
        """Return the domain of a classification, by its number."""
        return self._module(self._classes[code])

    def _module(self, of_class: NamedNode | None) -> NamedNode | None:
        term = self._metamodel.classes.get(of_class) if of_class else None
        return term.module if term else None

    def in_domains(self, domains: Iterable[NamedNode]) -> Flags:
        """Tell of each classification whether it belongs to one of some domains."""
        wanted = frozenset(domains)
        flags = [self.domain_of(code) in wanted for code in range(len(self._classes))]
        return np.array(flags, np.bool_)

    def groups(self, hits: Reached) -> Groups:
        """Count hits."""
        code = self._graph.classification[hits.entity]
        size = len(self._classes)
        count = np.bincount(code, minlength=size)
        certain = np.bincount(code[hits.certain], minlength=size)
        best = np.zeros(size)
        np.maximum.at(best, code, hits.score)
        figures = (count, certain, best)
        return Groups(
            self._grouped(self.class_of, self._class_words, *figures),
            self._grouped(self.domain_of, self._domain_words, *figures),
        )

    def ranks(self, hits: Reached, groups: Groups, grouping: Grouping) -> Numbers:
        """Return, of each hit, the place of its group among the groups of one kind."""
        place = {each.iri: number for number, each in enumerate(groups.by(grouping))}
        of = self.class_of if grouping is Grouping.CLASS else self.domain_of
        found = (place.get(_text(of(code)), 0) for code in range(len(self._classes)))
        by_code = np.fromiter(found, np.int64, len(self._classes))
        return by_code[self._graph.classification[hits.entity]]

    def _grouped(
        self,
        of: Callable[[int], NamedNode | None],
        words: Callable[[NamedNode], tuple[str, str]],
        count: Numbers,
        certain: Numbers,
        best: np.ndarray[Any, np.dtype[np.float64]],
    ) -> tuple[Group, ...]:
        together: dict[NamedNode | None, list[int]] = {}
        for code in np.flatnonzero(count).tolist():
            together.setdefault(of(code), []).append(code)
        found = [
            Group(
                _text(iri),
                *(words(iri) if iri else ("", "")),
                hits=int(count[codes].sum()),
                certain=int(certain[codes].sum()),
                best_score=float(best[codes].max()),
                domain=_text(self._module(iri)),
            )
            for iri, codes in together.items()
        ]
        return tuple(sorted(found, key=lambda each: (-each.best_score, -each.hits, each.iri or "")))

    def _class_words(self, iri: NamedNode) -> tuple[str, str]:
        term = self._metamodel.classes[iri]
        return term.name, term.label

    def _domain_words(self, iri: NamedNode) -> tuple[str, str]:
        module = self._metamodel.modules.get(iri)
        return "", module.label if module else local_name(iri)


def _text(iri: NamedNode | None) -> str | None:
    return iri.value if iri else None

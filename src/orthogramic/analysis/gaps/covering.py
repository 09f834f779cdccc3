"""How much of what is expected is there, by class, domain, shape and relationship."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.gaps.answer import Coverage
from orthogramic.analysis.gaps.missing import Missing, module_of
from orthogramic.analysis.gaps.wording import GapWords
from orthogramic.graph import EntityGraph
from orthogramic.metamodel import Metamodel

#: IRI and label of what is spoken of.
_Key = tuple[str, str]


def coverage_of(
    graph: EntityGraph, metamodel: Metamodel, missing: Missing
) -> Mapping[str, tuple[Coverage, ...]]:
    """Count what is expected and what of it is missing."""
    found: dict[str, dict[_Key, list[int]]] = {
        name: defaultdict(lambda: [0, 0]) for name in ("class", "domain", "shape", "relationship")
    }
    people: dict[str, dict[_Key, set[int]]] = {name: defaultdict(set) for name in found}
    sizes = np.bincount(
        graph.classification[missing.entities], minlength=len(graph.classifications)
    )
    lacking = _by_code_and_expectation(graph, missing)
    for code, number in _pairs(graph, missing, sizes.tolist()):
        for name, keys in _keys(graph, metamodel, missing, code, number).items():
            for key in keys:
                found[name][key][0] += int(sizes[code])
                found[name][key][1] += lacking.get((code, number), 0)
                people[name][key].add(code)
    return MappingProxyType(
        {
            name: tuple(
                sorted(
                    (
                        Coverage(*key, sum(sizes[list(people[name][key])].tolist()), *counts)
                        for key, counts in groups.items()
                    ),
                    key=lambda each: (-each.missing, each.label, each.iri),
                )
            )
            for name, groups in found.items()
        }
    )


def _pairs(graph: EntityGraph, missing: Missing, sizes: list[int]) -> Iterator[tuple[int, int]]:
    """Yield each combination of classes with each expectation that it comes with."""
    for number in np.flatnonzero(missing.asked).tolist():
        target = missing.expectations[number].shape.target_class
        for code, each in enumerate(graph.classifications):
            if sizes[code] and target in each.all_classes:
                yield code, number


def _by_code_and_expectation(graph: EntityGraph, missing: Missing) -> dict[tuple[int, int], int]:
    size = max(len(missing.expectations), 1)
    pairs = graph.classification[missing.holder].astype(np.int64) * size + missing.wanting
    keys, counts = np.unique(pairs, return_counts=True)
    return {
        divmod(key, size): count for key, count in zip(keys.tolist(), counts.tolist(), strict=True)
    }


def _keys(
    graph: EntityGraph, metamodel: Metamodel, missing: Missing, code: int, number: int
) -> dict[str, tuple[_Key, ...]]:
    """Return what a gap of this kind counts for."""
    shape = missing.expectations[number].shape
    iri = metamodel.most_specific(graph.classifications[code].classes)
    assert iri is not None, "what is expected is expected of a class"
    module = module_of(graph, metamodel, code)
    return {
        "class": ((iri.value, metamodel.class_label(iri)),),
        "domain": (_module(metamodel, module),),
        "shape": ((shape.iri.value, shape.name),),
        "relationship": tuple(dict.fromkeys(GapWords(metamodel, shape).relationships())),
    }


def _module(metamodel: Metamodel, module: object) -> _Key:
    if not isinstance(module, NamedNode):
        return "", ""
    term = metamodel.modules.get(module)
    return module.value, term.label if term else module.value

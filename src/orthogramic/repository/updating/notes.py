"""Says to people why an operation did less than its text lets one expect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from orthogramic.repository.updating.net_change import NetChange
from orthogramic.repository.updating.settings import UpdateSettings
from orthogramic.vocabulary import KR

#: How many statements that are not there are remembered, to look for them elsewhere.
REMEMBERED = 1000
_GRAPHS_SHOWN = 5


def missed(
    number: int, absent: Iterable[Quad], change: NetChange, settings: UpdateSettings
) -> list[str]:
    """Say where the statements stand that an operation meant to remove and did not find.

    A pattern reads all graphs together, a template speaks of one: whoever names no graph is told.

    :param number: the operation's place in the update, from 1.
    :param absent: what was to be removed from a graph that does not hold it.
    """
    elsewhere: dict[NamedNode, Counter[NamedNode]] = {}
    for quad in absent:
        if isinstance(quad.graph_name, NamedNode):
            elsewhere.setdefault(quad.graph_name, Counter()).update(change.holders(quad))
    return [
        sentence
        for graph, counts in elsewhere.items()
        for sentence in _sentences(number, graph, counts, settings)
    ]


def _sentences(
    number: int, graph: NamedNode, counts: Counter[NamedNode], settings: UpdateSettings
) -> Iterable[str]:
    asserted = {each: count for each, count in counts.items() if each not in settings.protected}
    begin = f"Operation {number} was to remove from <{graph.value}> what is not in it"
    if asserted:
        shown = sorted(asserted, key=lambda each: (-asserted[each], each.value))[:_GRAPHS_SHOWN]
        places = ", ".join(f"<{each.value}> ({_statements(asserted[each])})" for each in shown)
        yield f"{begin}; it stands in {places}. Name that graph with GRAPH or WITH."
    elif counts[KR.inferred]:
        yield (
            f"{begin}, but in <{KR.inferred.value}> ({_statements(counts[KR.inferred])}): what "
            "follows from other statements goes when those go."
        )


def _statements(count: int) -> str:
    return "1 statement" if count == 1 else f"{count:,} statements"

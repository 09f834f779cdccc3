"""A link between source and target themselves: the last resort, because nobody expects it."""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.search import Search
from orthogramic.analysis.why_not.answer import DirectLink
from orthogramic.analysis.why_not.making import Maker
from orthogramic.graph import Direction
from orthogramic.graph.cost import SCORE_DECIMALS
from orthogramic.graph.model import STANDINGS
from orthogramic.metamodel import Modality

_Statement = tuple[int, int, int]


def direct_links(
    maker: Maker, searching: Search, target: int, proposed: frozenset[_Statement]
) -> tuple[DirectLink, ...]:
    """Return the links that the metamodel allows between source and target and that would count.

    :param proposed: statements that are offered already, because a shape expects them.
    :returns: the strongest first.
    """
    graph, source = maker.graph, int(searching.sources[0])
    found = []
    for number, connection in enumerate(graph.connections):
        kind = number * STANDINGS
        if searching.admissible is not None and not searching.admissible[kind]:
            continue
        score = round(float(graph.kinds.weight[kind]), SCORE_DECIMALS)
        for backward in (False, True):
            statement = (target, number, source) if backward else (source, number, target)
            if (
                connection.propagates(searching.direction, backward)
                and not (backward and connection.is_even)
                and score >= maker.question.min_score
                and statement not in proposed
                and _allowed(maker, statement)
            ):
                found.append((-score, connection.iri.value, backward, statement, kind))
    return tuple(
        DirectLink(
            link=(link := maker.described_link(statement, {})),
            score=-score,
            modality=str(Modality.CERTAIN if graph.kinds.certain[kind] else Modality.POSSIBLE),
            added=maker.patch((link,), {}),
        )
        for score, _, _, statement, kind in sorted(found)
    )


def _allowed(maker: Maker, statement: _Statement) -> bool:
    """Tell whether the metamodel lets two entities be linked so, and they are not yet."""
    graph, ends = maker.graph, maker.openings.ends
    subject, number, target = statement
    classes = (graph.classification_of(subject), graph.classification_of(target))
    if not ends.fit(number, *classes):
        return False
    if any(
        np.isin(entity, ends.crowded((number, is_object)))
        for entity, is_object in ((subject, False), (target, True))
    ):
        return False
    return target not in ends.others(subject, ((number, False),))


def direct_sentence(maker: Maker, links: tuple[DirectLink, ...]) -> str:
    """Say what a direct link would be, or that there can be none."""
    question, graph = maker.question, maker.graph
    ends = [graph.number(each) for each in (question.source, question.target)]
    classes = [graph.classification_of(each) for each in ends]
    names = [each.name for each in classes]
    source, target = (graph.labels[each] for each in ends)
    carried = (
        f"{source} would depend on {target}"
        if question.direction is Direction.DEPENDENCIES
        else f"a change of {source} would reach {target}"
    )
    if not links:
        return (
            f"No relationship of the metamodel could join a {names[0]} with a {names[1]} directly "
            f"so that {carried}."
        )
    best = links[0]
    return (
        f"As a last resort, a direct link: {best.link.sentence}. Then {carried} with a score of "
        f"{best.score:.3g}. No shape expects it, so record it only if it is true as it stands."
    )

"""From a question to its answer: why the reach stops, what would connect, what is left."""

from __future__ import annotations

import numpy as np

from orthogramic.analysis.found import Found
from orthogramic.analysis.honesty import receipt_of
from orthogramic.analysis.question import check_terms
from orthogramic.analysis.reach import Reached, bound, reached
from orthogramic.analysis.search import search
from orthogramic.analysis.sentences import reference
from orthogramic.analysis.why_not.against import against_flow
from orthogramic.analysis.why_not.answer import (
    Cause,
    DirectLink,
    FrontierEntity,
    Proposal,
    WhyNotAnswer,
)
from orthogramic.analysis.why_not.bridges import Bridges
from orthogramic.analysis.why_not.direct import direct_links, direct_sentence
from orthogramic.analysis.why_not.filters import Filters
from orthogramic.analysis.why_not.layers import MOST_LINKS, Layers, LinkSet
from orthogramic.analysis.why_not.making import Maker, Naming
from orthogramic.analysis.why_not.openings import Openings
from orthogramic.analysis.why_not.question import WhyNotQuestion
from orthogramic.analysis.why_not.smallest import LinkSets, smallest_sets
from orthogramic.analysis.why_not.wording import (
    frontier_sentence,
    proposal_sentence,
    reached_sentence,
    summary,
)
from orthogramic.graph import EntityGraph
from orthogramic.graph.cost import score
from orthogramic.metamodel import Metamodel


def why_not(
    openings: Openings,
    metamodel: Metamodel,
    question: WhyNotQuestion,
    *,
    walked: EntityGraph | None = None,
    naming: Naming,
    snapshot: int = 0,
) -> WhyNotAnswer:
    """Say why the source does not reach the target, and which links would connect them.

    Everything in the answer depends on the receipt alone.

    :param openings: of the graph with all that is there, under the profile that is meant; may be
        used for any number of questions.
    :param walked: that graph within the named graphs of the question, if it names some.
    :param metamodel: the bundle under which the graph was projected.
    :param naming: gives the IRI of a new entity by the name of its class and its key.
    :param snapshot: number of the commit that the graph shows, for the receipt.
    :raises UnknownEntityError: if an end is not in the graph.
    :raises UnknownTermError: if a relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    check_terms(metamodel, (), question.via)
    graph = walked or openings.graph
    target = graph.number(question.target)
    searching = search(
        graph, question.direction, (question.source,), question.via, question.max_hops
    )
    everything = reached(searching, Found(searching))
    filters = Filters(openings.graph, graph, metamodel, question)
    path = filters.best_path(question)
    maker = Maker(openings, graph, metamodel, question, naming)
    ends = reference(graph, int(searching.sources[0])), reference(graph, target)
    causes: tuple[Cause, ...] = ()
    frontier: tuple[FrontierEntity, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    sets = LinkSets((), complete=True)
    direct: tuple[DirectLink, ...] = ()
    if path is None:
        causes = tuple(filters.causes())
        if not causes:
            origin = int(searching.sources[0])
            causes = (against_flow(openings.graph, metamodel, question.direction, origin, target),)
        layers = Layers(Bridges(openings, searching), searching, target, question.min_score)
        sets = smallest_sets(layers, question.proposals)
        proposals = tuple(_proposal(maker, each) for each in sets.sets)
        if sets.sets:
            frontier = _frontier(maker, layers, everything, sets.sets[0])
        single = (each.statements for each in sets.sets if len(each.links) == 1)
        direct = direct_links(
            maker, searching, target, frozenset[tuple[int, int, int]]().union(*single)
        )
    return WhyNotAnswer(
        source=ends[0],
        target=ends[1],
        direction=str(question.direction),
        sentence=reached_sentence(question, path)
        if path
        else summary(question, ends, causes, proposals),
        path=path,
        causes=causes,
        frontier=frontier,
        proposals=proposals,
        most_links=MOST_LINKS,
        complete=sets.complete,
        direct=direct,
        direct_sentence="" if path else direct_sentence(maker, direct),
        bound=bound(searching, everything, question.min_score),
        receipt=receipt_of(graph, metamodel, "why-not", question.parameters(), snapshot),
    )


def _proposal(maker: Maker, found: LinkSet) -> Proposal:
    new = maker.new_nodes(found)
    links = tuple(
        maker.link(each, new, choices)
        for each, choices in zip(found.links, found.choices, strict=True)
    )
    path = maker.path(links, new)
    assert path is not None
    made = tuple(maker.new_entity(node, each) for node, each in new.items())
    return Proposal(
        sentence=proposal_sentence(maker.question, links, made, path),
        links=links,
        new_entities=made,
        path=path,
        added=maker.patch(links, new),
    )


def _frontier(
    maker: Maker, layers: Layers, everything: Reached, first: LinkSet
) -> tuple[FrontierEntity, ...]:
    """Return the reached entities from which as few links lead to the target, best first."""
    graph, most = maker.graph, maker.question.proposals
    values, missing = layers.nearest(first)
    nodes = np.flatnonzero(values[: graph.size])
    ranked = nodes[np.lexsort((graph.order.keys(nodes), -values[nodes]))][:most]
    known = {int(each): row for row, each in enumerate(everything.entity.tolist())}
    return tuple(
        FrontierEntity(
            entity=reference(graph, node),
            score=float(everything.score[known[node]]) if node in known else 1.0,
            hops=int(everything.hops[known[node]]) if node in known else 0,
            missing=missing,
            would_score=score(int(values[node])),
            sentence=frontier_sentence(maker, link),
        )
        for node in ranked.tolist()
        if (link := layers.first_link(node, first)) is not None
    )

"""From a question to its answer: the two entry points of this room."""

from __future__ import annotations

from itertools import chain

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.analysis.answer import Answer, Bound, Hit, PathAnswer
from orthogramic.analysis.branches import Walk
from orthogramic.analysis.first_walks import first_walks
from orthogramic.analysis.found import Found
from orthogramic.analysis.grouping import Kinship
from orthogramic.analysis.honesty import bound_of, receipt_of
from orthogramic.analysis.paths import best_walks
from orthogramic.analysis.question import PathQuestion, Question, check_terms, values
from orthogramic.analysis.reach import Reached, bound, reached
from orthogramic.analysis.search import Search, search
from orthogramic.analysis.sentences import Wording, modality_name
from orthogramic.graph import Direction, EntityGraph
from orthogramic.graph.restriction import within
from orthogramic.metamodel import Metamodel

#: Of more sources than anybody names, an answer tells the number and the first.
MOST_SHOWN_SOURCES = 1000


def ask(
    graph: EntityGraph, metamodel: Metamodel, question: Question, *, snapshot: int = 0
) -> Answer:
    """Answer who is affected, or what is needed.

    The answer follows clauses 1 to 5 and 9 of the definition of impact in
    ``docs/explanation``. Everything in it depends on the receipt alone.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param question: what is asked.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownEntityError: if a source is not in the graph.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    classes = (*question.source_classes, *question.to)
    check_terms(metamodel, classes, question.via, question.domains)
    searching = _search(graph, question)
    found = Found(searching)
    everything = reached(searching, found)
    kinship = Kinship(graph, metamodel)
    hits = _filtered(graph, kinship, everything, question)
    groups = kinship.groups(hits)
    by = question.group_by
    places = kinship.ranks(hits, groups, by) if by else None
    page = hits.page(graph.order, question.limit, question.offset, places)
    wording = Wording(graph, metamodel)
    shown = searching.sources[:MOST_SHOWN_SOURCES].tolist()
    return Answer(
        sources=tuple(wording.reference(each) for each in shown),
        total_sources=len(searching.sources),
        hits=_hits(searching, found, wording, page, question.paths),
        groups=groups,
        total=len(hits.entity),
        limit=question.limit,
        offset=question.offset,
        bound=bound(searching, everything, question.min_score),
        receipt=receipt_of(
            graph, metamodel, str(question.direction), question.parameters(), snapshot
        ),
    )


def find_paths(
    graph: EntityGraph, metamodel: Metamodel, question: PathQuestion, *, snapshot: int = 0
) -> PathAnswer:
    """Explain in which ways one entity affects, or needs, another.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param question: what is asked.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :returns: the best paths, best first; none if the direction does not lead from source to
        target, or if they are the same.
    :raises UnknownEntityError: if an entity is not in the graph.
    :raises UnknownTermError: if a relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    check_terms(metamodel, (), question.via)
    searching = search(
        within(graph, values(question.graphs)),
        question.direction,
        (question.source,),
        question.via,
        question.max_hops,
    )
    target, found = graph.number(question.target), Found(searching)
    walks = _best(searching, found, target, question.paths)
    wording = Wording(graph, metamodel)
    wording.score(walks)
    return PathAnswer(
        source=wording.reference(int(searching.sources[0])),
        target=wording.reference(target),
        paths=tuple(map(wording.path, walks)),
        bound=_bound_of_paths(searching, found, target),
        receipt=receipt_of(graph, metamodel, "paths", question.parameters(), snapshot),
    )


def best_paths(
    graph: EntityGraph,
    source: NamedNode,
    target: NamedNode,
    direction: Direction,
    k: int,
    *,
    via: tuple[NamedNode, ...] = (),
    max_hops: int | None = None,
) -> tuple[Walk, ...]:
    """Return the k best paths from source to target as numbers, best first.

    :raises UnknownEntityError: if an entity is not in the graph.
    """
    searching = search(graph, direction, (source,), via, max_hops)
    return _best(searching, Found(searching), graph.number(target), k)


def _best(searching: Search, found: Found, target: int, k: int) -> tuple[Walk, ...]:
    ending = np.array([target])
    # There is no path from an entity to itself.
    if target in searching.sources or not found.remaining(ending)[0]:
        return ()
    (first,) = first_walks(searching, found.toward(ending), ending)
    return best_walks(searching, found, first, k)


def _bound_of_paths(searching: Search, found: Found, target: int) -> Bound:
    """State where further paths to the target may be missing: not at the target itself."""
    entity, hops = found.hops()
    open_ended = entity != target
    if searching.max_hops is not None:
        open_ended &= hops < searching.max_hops
    return bound_of(searching.graph, entity[open_ended], searching.direction, searching.admissible)


def _search(graph: EntityGraph, question: Question) -> Search:
    return search(
        within(graph, values(question.graphs)),
        question.direction,
        question.sources,
        question.via,
        question.max_hops,
        question.source_classes,
    )


def _filtered(
    graph: EntityGraph, kinship: Kinship, everything: Reached, question: Question
) -> Reached:
    wanted = everything.score >= question.min_score
    if question.to:
        flags = graph.instances(frozenset(question.to))
        wanted &= flags[graph.classification[everything.entity]]
    if question.domains:
        flags = kinship.in_domains(question.domains)
        wanted &= flags[graph.classification[everything.entity]]
    return everything.chosen(wanted)


def _hits(
    searching: Search, found: Found, wording: Wording, page: Reached, k: int
) -> tuple[Hit, ...]:
    # The best path is wanted even where none is shown: it names the source.
    best = first_walks(searching, found.toward(page.entity), page.entity)
    walks = [best_walks(searching, found, first, k) for first in best]
    wording.score(chain.from_iterable(walks))
    columns = (page.score.tolist(), page.certain.tolist(), page.hops.tolist())
    return tuple(
        Hit(
            entity=wording.reference(first.entities[-1]),
            source=wording.reference(first.entities[0]),
            score=score,
            modality=modality_name(certain),
            hops=hops,
            paths=tuple(map(wording.path, ways)),
        )
        for first, ways, score, certain, hops in zip(best, walks, *columns, strict=True)
    )

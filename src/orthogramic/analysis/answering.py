"""From a question to its answer: the two entry points of this room."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from orthogramic.__about__ import __version__
from orthogramic.analysis.answer import Answer, Bound, Hit, Path, PathAnswer, Receipt
from orthogramic.analysis.branches import Walk
from orthogramic.analysis.labelling import Labels
from orthogramic.analysis.paths import best_walks
from orthogramic.analysis.question import PathQuestion, Question, check_terms
from orthogramic.analysis.reach import Reached, Search, frontier, reached, search
from orthogramic.analysis.sentences import explain, modality_name, reference
from orthogramic.graph import Direction, EntityGraph
from orthogramic.metamodel import Metamodel


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
    check_terms(metamodel, question.to, question.via)
    searching = search(graph, question.direction, question.sources, question.via, question.max_hops)
    labels = searching.label()
    everything = reached(searching, labels)
    hits = _filtered(graph, everything, question).ranked()
    end = None if question.limit is None else question.offset + question.limit
    page = range(len(hits.entity))[question.offset : end]
    return Answer(
        sources=tuple(reference(graph, int(each)) for each in searching.sources),
        hits=tuple(_hit(searching, labels, metamodel, hits, row, question.paths) for row in page),
        total=len(hits.entity),
        limit=question.limit,
        offset=question.offset,
        bound=Bound(frontier(searching, everything, question.min_score)),
        receipt=_receipt(graph, metamodel, question.parameters(), snapshot),
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
    walks = best_paths(
        graph,
        question.source,
        question.target,
        question.direction,
        question.paths,
        via=question.via,
        max_hops=question.max_hops,
    )
    return PathAnswer(
        source=reference(graph, graph.number(question.source)),
        target=reference(graph, graph.number(question.target)),
        paths=tuple(explain(graph, metamodel, each) for each in walks),
        receipt=_receipt(graph, metamodel, question.parameters(), snapshot),
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
    return best_walks(searching, searching.label(), graph.number(target), k)


def _filtered(graph: EntityGraph, everything: Reached, question: Question) -> Reached:
    wanted = everything.score >= question.min_score
    if question.to:
        flags = graph.instances(frozenset(question.to))
        wanted &= flags[graph.classification[everything.entity]]
    return everything.chosen(wanted)


def _hit(
    searching: Search, labels: Labels, metamodel: Metamodel, hits: Reached, row: int, k: int
) -> Hit:
    graph = searching.graph
    entity = int(hits.entity[row])
    # The best path is wanted even where none is shown: it names the source.
    walks = best_walks(searching, labels, entity, max(k, 1))
    paths: list[Path] = [explain(graph, metamodel, each) for each in walks[:k]]
    return Hit(
        entity=reference(graph, entity),
        source=reference(graph, walks[0].entities[0]),
        score=float(hits.score[row]),
        modality=modality_name(bool(hits.certain[row])),
        hops=int(hits.hops[row]),
        paths=tuple(paths),
    )


def _receipt(
    graph: EntityGraph, metamodel: Metamodel, parameters: dict[str, Any], snapshot: int
) -> Receipt:
    return Receipt(snapshot, metamodel.digest, graph.profile.value, parameters, __version__)

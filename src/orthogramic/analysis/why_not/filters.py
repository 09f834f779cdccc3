"""Whether it is the question itself that keeps the target out: its limits and its choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from pyoxigraph import NamedNode

from orthogramic.analysis.answer import EntityReference, Path
from orthogramic.analysis.answering import best_paths
from orthogramic.analysis.labelling import label
from orthogramic.analysis.search import search
from orthogramic.analysis.sentences import explain
from orthogramic.analysis.why_not.answer import Cause, Needed
from orthogramic.analysis.why_not.question import WhyNotQuestion
from orthogramic.graph import EntityGraph
from orthogramic.graph.cost import scores
from orthogramic.metamodel import Metamodel

_OFF: dict[str, object] = {"max_hops": None, "min_score": 0.0, "via": ()}


def best_path(graph: EntityGraph, metamodel: Metamodel, question: WhyNotQuestion) -> Path | None:
    """Return the best path that a question allows, if it scores enough to count."""
    walks = best_paths(
        graph,
        question.source,
        question.target,
        question.direction,
        1,
        via=question.via,
        max_hops=question.max_hops,
    )
    if not walks or walks[0].score < question.min_score:
        return None
    return explain(graph, metamodel, walks[0])


def filtered(graph: EntityGraph, metamodel: Metamodel, question: WhyNotQuestion) -> list[Cause]:
    """Name the smallest sets of filters without which the target would be reached."""
    active = [name for name, off in _OFF.items() if getattr(question, name) != off]
    found: list[Cause] = []
    for size in range(1, len(active) + 1):
        for lifted in combinations(active, size):
            if any(set(each.filters) <= set(lifted) for each in found):
                continue
            without = replace(question, **{name: _OFF[name] for name in lifted})  # type: ignore[arg-type]
            path = best_path(graph, metamodel, without)
            if path is not None:
                found.append(_cause(graph, metamodel, question, without, lifted, path))
    return found


def _cause(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: WhyNotQuestion,
    without: WhyNotQuestion,
    lifted: tuple[str, ...],
    path: Path,
) -> Cause:
    steps, least = None, None
    over: tuple[str, ...] = ()
    if "max_hops" in lifted:
        steps = _fewest_steps(graph, without, len(path.steps))
        path = best_path(graph, metamodel, replace(without, max_hops=steps)) or path
    if "min_score" in lifted:
        least = path.score
    if "via" in lifted:
        allowed = _allowed(graph, question)
        used = (each.relationship for each in path.steps)
        over = tuple(dict.fromkeys(each for each in used if each not in allowed))
    needed = Needed(steps, least, over)
    parts = _said(metamodel, question, needed)
    return Cause(
        code="filtered",
        sentence=f"It would be reached {' and '.join(parts)}, with a score of {path.score:.3g}: "
        f"{path.sentence}.",
        at=_stop(graph, question, lifted, path),
        filters=lifted,
        needed=needed,
        path=path,
    )


def _fewest_steps(graph: EntityGraph, question: WhyNotQuestion, most: int) -> int:
    """Return in how few steps the target is reached with enough of a score.

    :param most: a number of steps that is enough.
    """
    searching = search(graph, question.direction, (question.source,), question.via, most)
    labels = label(
        searching.out,
        graph.kinds,
        searching.sources,
        most,
        graph.scratch,
        admissible=searching.admissible,
    )
    rows = labels.entity == graph.number(question.target)
    rows[0] = False
    rows &= scores(labels.remaining) >= question.min_score
    return int(labels.steps[rows].min(initial=most))


def _allowed(graph: EntityGraph, question: WhyNotQuestion) -> frozenset[str]:
    """Return the IRIs of the properties that a question may walk."""
    if not question.via:
        return frozenset(each.iri.value for each in graph.connections)
    wanted = frozenset(question.via)
    return frozenset(
        each.iri.value
        for each in graph.connections
        if any(entailed in wanted for entailed, _ in each.readings)
    )


def _said(metamodel: Metamodel, question: WhyNotQuestion, needed: Needed) -> Iterator[str]:
    """Yield what is needed in words, one part for each filter."""
    if needed.max_hops is not None:
        yield f"with {needed.max_hops} steps instead of {question.max_hops}"
    if needed.min_score is not None:
        least = f"the least is {question.min_score:g}"
        yield f"if a score of {needed.min_score:.3g} were enough ({least})"
    if needed.via:
        names = (metamodel.verb(NamedNode(each), True) for each in needed.via)
        yield f"if paths might use {', '.join(f'“{each}”' for each in names)} too"


def _stop(
    graph: EntityGraph, question: WhyNotQuestion, lifted: tuple[str, ...], path: Path
) -> EntityReference:
    """Return the last entity of a path to which the question leads."""
    allowed = _allowed(graph, question)
    score = 1.0
    for place, step in enumerate(path.steps):
        score *= step.weight
        if (
            ("max_hops" in lifted and question.max_hops is not None and place >= question.max_hops)
            or ("via" in lifted and step.relationship not in allowed)
            or ("min_score" in lifted and score < question.min_score)
        ):
            return step.origin
    return path.steps[-1].origin

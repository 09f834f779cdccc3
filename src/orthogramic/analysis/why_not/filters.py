"""Whether it is the question itself that keeps the target out: its limits and its choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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

#: What of a question leaves everything in, by the name of the parameter that leaves out.
_OFF: dict[str, dict[str, object]] = {
    "max_hops": {"max_hops": None},
    "min_score": {"min_score": 0.0},
    "via": {"via": ()},
    "graph": {"graphs": ()},
}


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one question.

    :param whole: the graph with the links of all named graphs.
    :param walked: the graph that the question walks, with those of the graphs that it names.
    """

    whole: EntityGraph
    walked: EntityGraph
    metamodel: Metamodel
    question: WhyNotQuestion

    def best_path(self, question: WhyNotQuestion) -> Path | None:
        """Return the best path that a question allows, if it scores enough to count."""
        graph = self._graph(question)
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
        return explain(graph, self.metamodel, walks[0])

    def causes(self) -> list[Cause]:
        """Name the smallest sets of filters without which the target would be reached."""
        question = self.question
        active = [name for name, off in _OFF.items() if replace(question, **off) != question]  # type: ignore[arg-type]
        found: list[Cause] = []
        for size in range(1, len(active) + 1):
            for lifted in combinations(active, size):
                if any(set(each.filters) <= set(lifted) for each in found):
                    continue
                without = question
                for name in lifted:
                    without = replace(without, **_OFF[name])  # type: ignore[arg-type]
                path = self.best_path(without)
                if path is not None:
                    found.append(self._cause(without, lifted, path))
        return found

    def _graph(self, question: WhyNotQuestion) -> EntityGraph:
        return self.walked if question.graphs else self.whole

    def _cause(self, without: WhyNotQuestion, lifted: tuple[str, ...], path: Path) -> Cause:
        steps, least = None, None
        if "max_hops" in lifted:
            steps = self._fewest_steps(without, len(path.steps))
            path = self.best_path(replace(without, max_hops=steps)) or path
        if "min_score" in lifted:
            least = path.score
        allowed, admitted = self._allowed(), {each.value for each in self.question.graphs}
        used = dict.fromkeys(each.relationship for each in path.steps)
        told = dict.fromkeys(each.graph for each in path.steps)
        needed = Needed(
            max_hops=steps,
            min_score=least,
            via=tuple(each for each in used if each not in allowed),
            graph=tuple(each for each in told if admitted and each not in admitted),
        )
        return Cause(
            code="filtered",
            sentence=f"It would be reached {' and '.join(self._said(needed))}, with a score of "
            f"{path.score:.3g}: {path.sentence}.",
            at=self._stop(lifted, path),
            filters=lifted,
            needed=needed,
            path=path,
        )

    def _fewest_steps(self, question: WhyNotQuestion, most: int) -> int:
        """Return in how few steps the target is reached with enough of a score.

        :param most: a number of steps that is enough.
        """
        graph = self._graph(question)
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

    def _allowed(self) -> frozenset[str]:
        """Return the IRIs of the properties that the question may walk."""
        wanted = frozenset(self.question.via)
        return frozenset(
            each.iri.value
            for each in self.whole.connections
            if not wanted or any(entailed in wanted for entailed, _ in each.readings)
        )

    def _said(self, needed: Needed) -> Iterator[str]:
        """Yield what is needed in words, one part for each filter."""
        if needed.max_hops is not None:
            yield f"with {needed.max_hops} steps instead of {self.question.max_hops}"
        if needed.min_score is not None:
            least = f"the least is {self.question.min_score:g}"
            yield f"if a score of {needed.min_score:.3g} were enough ({least})"
        if needed.via:
            names = (self.metamodel.verb(NamedNode(each), True) for each in needed.via)
            yield f"if paths might use {', '.join(f'“{each}”' for each in names)} too"
        if needed.graph:
            yield f"if links of {', '.join(f'<{each}>' for each in needed.graph)} counted too"

    def _stop(self, lifted: tuple[str, ...], path: Path) -> EntityReference:
        """Return the last entity of a path to which the question leads."""
        question, allowed = self.question, self._allowed()
        admitted = {each.value for each in question.graphs}
        score = 1.0
        for place, step in enumerate(path.steps):
            score *= step.weight
            if (
                ("max_hops" in lifted and place >= (question.max_hops or 0))
                or step.relationship not in allowed
                or (admitted and step.graph not in admitted)
                or ("min_score" in lifted and score < question.min_score)
            ):
                return step.origin
        return path.steps[-1].origin

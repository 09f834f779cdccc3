"""From a question about gaps to the list of them."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from orthogramic.analysis.answer import Bound
from orthogramic.analysis.gaps.answer import Cut, Gap, GapAnswer
from orthogramic.analysis.gaps.covering import coverage_of
from orthogramic.analysis.gaps.cutting import Cuts, cuts_of
from orthogramic.analysis.gaps.missing import Missing, missing_links
from orthogramic.analysis.gaps.question import GapQuestion
from orthogramic.analysis.gaps.wording import GapWords
from orthogramic.analysis.honesty import receipt_of
from orthogramic.analysis.question import check_terms
from orthogramic.analysis.sentences import reference
from orthogramic.graph import EntityGraph
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.expectations import links_of
from orthogramic.metamodel import Metamodel

_NEAR = (
    "There are too many gaps to follow everything that leads to each: answers were counted within "
    "one step of it."
)


def find_gaps(
    graph: EntityGraph,
    metamodel: Metamodel,
    question: GapQuestion,
    *,
    members: Collection[str] | None = None,
    snapshot: int = 0,
) -> GapAnswer:
    """Answer which links are missing that the shapes expect, the heaviest first.

    A gap cuts an answer that would have gone on over the missing link: exactly the answers whose
    bound counts its entity.

    :param graph: the snapshot that is asked, under the profile that is meant.
    :param metamodel: the bundle under which the graph was projected.
    :param question: what is asked.
    :param members: IRIs of the entities that the named graphs of the question describe;
        ``None`` if it names none.
    :param snapshot: number of the commit that the graph was projected from, for the receipt.
    :raises UnknownTermError: if a class or relationship is not in the bundle.
    :raises InvalidParameterError: if ``via`` names what is no relationship.
    """
    check_terms(metamodel, question.classes, question.via)
    missing = missing_links(graph, metamodel, question, members)
    coverage = coverage_of(graph, metamodel, missing)
    cuts = cuts_of(graph, missing)
    if question.cutting:
        kept = cuts.weight > 0
        missing, cuts = missing.chosen(kept), cuts.chosen(kept)
    page = _page(cuts, question)
    return GapAnswer(
        gaps=tuple(_gap(graph, metamodel, missing, cuts, int(row)) for row in page),
        total=len(missing.holder),
        limit=question.limit,
        offset=question.offset,
        coverage=coverage,
        max_hops=cuts.max_hops,
        notes=() if cuts.max_hops is None else (_NEAR,),
        bound=Bound(0),
        receipt=receipt_of(graph, metamodel, "gaps", question.parameters(), snapshot),
    )


def _page(cuts: Cuts, question: GapQuestion) -> Numbers:
    """Return the rows of a page; what cuts equally stays in the order of IRIs."""
    order = np.argsort(-cuts.weight, kind="stable")
    end = None if question.limit is None else question.offset + question.limit
    return order[question.offset : end]


def _gap(graph: EntityGraph, metamodel: Metamodel, missing: Missing, cuts: Cuts, row: int) -> Gap:
    holder = int(missing.holder[row])
    expectation = missing.expectations[int(missing.wanting[row])]
    shape = expectation.shape
    words = GapWords(metamodel, shape)
    links = links_of(graph, holder, expectation)
    return Gap(
        entity=reference(graph, holder),
        shape=shape.iri.value,
        shape_name=shape.name,
        severity=str(shape.severity),
        relationships=words.relationships(),
        links=links,
        least=shape.min_count,
        sentence=words.sentence(graph.labels[holder], links),
        message=shape.message,
        mend=words.mend(),
        cuts=tuple(
            Cut(str(way), int(each.answers[row]), float(each.weight[row]))
            for way, each in cuts.ending.items()
            if each.answers[row]
        ),
    )

"""What a business architect reads: answers, proposals and the frontier in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from orthogramic.analysis.answer import EntityReference, Path
from orthogramic.analysis.why_not.answer import Cause, NewEntity, Proposal, ProposedLink
from orthogramic.analysis.why_not.bridges import AbsentLink
from orthogramic.analysis.why_not.making import Maker
from orthogramic.analysis.why_not.question import WhyNotQuestion
from orthogramic.graph import Direction


def reached_sentence(question: WhyNotQuestion, path: Path) -> str:
    """Say that the target is reached after all."""
    source, target = path.steps[0].origin.label, path.steps[-1].destination.label
    if question.direction is Direction.DEPENDENCIES:
        claim = f"{source} does depend on {target}"
    else:
        claim = f"A change of {source} does reach {target}"
    return f"{claim}, with a score of {path.score:.3g}: {path.sentence}."


def summary(
    question: WhyNotQuestion,
    ends: tuple[EntityReference, EntityReference],
    causes: Sequence[Cause],
    proposals: Sequence[Proposal],
) -> str:
    """Say that the target is not reached, why, and how little is missing."""
    source, target = (each.label for each in ends)
    if question.direction is Direction.DEPENDENCIES:
        claim = f"{source} does not depend on {target}"
    else:
        claim = f"A change of {source} does not reach {target}"
    why = " ".join(each.sentence for each in causes[:1])
    if not proposals:
        return f"{claim}. {why} No few links that shapes expect would connect them."
    count = len(proposals[0].links)
    links = "One link that shapes expect" if count == 1 else f"{count} links that shapes expect"
    return f"{claim}. {why} {links} and nobody has recorded would connect them."


def proposal_sentence(
    question: WhyNotQuestion,
    links: Sequence[ProposedLink],
    new: Sequence[NewEntity],
    path: Path,
) -> str:
    """Say what to record, and what would follow from it."""
    source, target = path.steps[0].origin.label, path.steps[-1].destination.label
    made = [f"a {each.entity.class_name}, which is not there yet" for each in new]
    first = f"Add {' and '.join(made)}, and record" if made else "Record"
    recorded = " and that ".join(each.sentence for each in links)
    if question.direction is Direction.DEPENDENCIES:
        then = f"{source} would depend on {target}"
    else:
        then = f"a change of {source} would reach {target}"
    return (
        f"{first} that {recorded}. Then {then} with a score of {path.score:.3g}: {path.sentence}."
    )


def frontier_sentence(maker: Maker, link: AbsentLink) -> str:
    """Say what is missing at an entity of the frontier."""
    new = {link.head: maker.new_reference(link.head)} if maker.openings.is_new(link.head) else {}
    said = maker.link(link, new, 0)
    assert said.holder is not None
    opening = link.bridge.opening
    least = maker.graph.expectations[opening.expectation].shape.min_count
    verb = maker.metamodel.verb(
        maker.graph.connections[opening.connection].iri, not opening.holder_is_object
    )
    lacks = "has none" if least == 1 else f"has fewer than {least}"
    return (
        f"{said.holder.label} is expected to have a link “{verb}” and {lacks}; it leads on if "
        f"{said.sentence}."
    )

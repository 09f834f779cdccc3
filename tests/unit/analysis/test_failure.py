"""Particular failures with answers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import NamedNode

from orthogramic.analysis.failure import FailureAnswer, FailureQuestion, State, ask_failure
from orthogramic.errors import InvalidParameterError, UnknownEntityError, UnknownTermError
from orthogramic.graph import Relationship, project
from orthogramic.metamodel import Flow, ImpactProfile, Modality
from tests.properties.analysis.harbours import (
    entity,
    link,
    links,
    metamodel,
    profile,
    records,
    term,
)

CERTAIN = Modality.CERTAIN
#: Who rests on whom: the object of ``feeds`` and ``floods`` on the subject.
RULES = {
    "borders": (Flow.BOTH, 0.5, Modality.POSSIBLE),
    "feeds": (Flow.SUBJECT_TO_OBJECT, 0.9, CERTAIN),
    "floods": (Flow.SUBJECT_TO_OBJECT, 0.8, CERTAIN),
    "moors": (Flow.BOTH, 1.0, CERTAIN),
}


def under(**supports: str | int) -> ImpactProfile:
    """Make a profile in which every relationship asks for ``any``, unless told otherwise."""
    plain = profile(RULES)
    told = {
        iri: replace(rule, support=supports.get(iri.value.rpartition("#")[2], "any"))
        for iri, rule in plain.effective.items()
    }
    return replace(plain, rules=tuple(told.values()), effective=told)


def failed(
    relationships: list[Relationship] | str,
    removed: str = "a",
    rules: ImpactProfile | None = None,
    names: str = "a b c d e",
    **parameters: Any,
) -> FailureAnswer:
    told = links(relationships) if isinstance(relationships, str) else relationships
    graph = project(records(names), told, metamodel(), rules or under())
    question = FailureQuestion(tuple(entity(each) for each in removed.split()), **parameters)
    return ask_failure(graph, metamodel(), question, snapshot=3)


def told(answer: FailureAnswer) -> dict[str, str]:
    return {each.entity.label: each.sentence.partition(" ")[2] for each in answer.hits}


def floating(answer: FailureAnswer) -> str:
    return " ".join(sorted(each.entity.label for each in answer.hits if each.self_sustaining))


def test_one_of_two_is_a_reserve_and_none_of_two_a_loss() -> None:
    feeding = "a feeds c, b feeds c, c feeds d"
    assert told(failed(feeding)) == {
        "C": "is degraded: it is fed by A, which is removed; B is left, and 1 is enough.",
        "D": "is degraded: it is fed by C, which is degraded.",
    }
    assert told(failed(feeding, "a b")) == {
        "C": "is lost: it is fed by A and B, which are removed; none is left.",
        "D": "is lost: it is fed by C, which is lost; there is no other.",
    }


def test_all_of_several_are_needed() -> None:
    both = failed("a feeds c, b feeds c", rules=under(feeds="all"))
    assert told(both) == {"C": "is lost: it is fed by A, which is removed; both are needed."}
    three = failed("a feeds c, b feeds c, d feeds c", rules=under(feeds="all"))
    assert told(three) == {"C": "is lost: it is fed by A, which is removed; all 3 are needed."}


def test_k_of_n() -> None:
    feeding = "a feeds e, b feeds e, c feeds e, d feeds e"
    two = under(feeds=2)
    assert told(failed(feeding, "a", two))["E"] == (
        "is degraded: it is fed by A, which is removed; B, C and D are left, and 2 are enough."
    )
    assert told(failed(feeding, "a b c", two))["E"] == (
        "is lost: it is fed by A, B and C, which are removed; 1 is left and 2 are needed."
    )


def test_a_group_that_was_short_before_needs_all_it_has() -> None:
    answer = failed("a feeds c, b feeds c", rules=under(feeds=5))
    (hit,) = answer.hits
    assert (hit.state, hit.groups[0].needed, hit.groups[0].support) == (State.LOST, 2, 5)
    # But nothing is lost by its shortage alone.
    assert failed("a feeds c", "d", under(feeds=5)).hits == ()


def test_groups_are_joined_by_and() -> None:
    answer = failed("a feeds c, b feeds c, d floods c", "d")
    assert told(answer) == {
        "C": "is lost: it is flooded by D, which is removed; there is no other."
    }


def test_a_narrower_relationship_without_a_rule_of_its_own_shares_the_group() -> None:
    feeds = under().effective[term("feeds")]
    shared = replace(under(), effective={**under().effective, term("floods"): feeds})
    answer = failed("a floods c, b feeds c", rules=shared)
    assert told(answer) == {
        "C": "is degraded: it is flooded by A, which is removed; B is left, and 1 is enough."
    }
    gone = failed("a floods c, b feeds c", "a b", shared)
    # Said of both, only what both have in common is true.
    assert told(gone) == {"C": "is lost: it is fed by A and B, which are removed; none is left."}


def test_saying_a_thing_twice_makes_no_reserve() -> None:
    twice = [*links("a feeds c"), link("a", "feeds", "c", "h"), link("c", "isFedBy", "a", "i", 5)]
    (hit,) = failed(twice).hits
    assert (hit.state, hit.groups[0].size) == (State.LOST, 1)


def test_strength_makes_no_support_more_or_less_of_one() -> None:
    weak = [link("a", "feeds", "c", strength=1), link("b", "feeds", "c", strength=5)]
    (hit,) = failed(weak, "b").hits
    assert (hit.state, hit.score) == (State.DEGRADED, 0.9)


def test_possible_steps_degrade_and_never_lose() -> None:
    answer = failed("a borders b, b feeds c")
    assert told(answer) == {
        "B": "may be degraded: it borders A, which is removed.",
        "C": "may be degraded: it is fed by B, which may be degraded.",
    }
    assert answer.counts.to_dict() == {
        "lost": 0,
        "degraded": 2,
        "untouched": 2,
        "possible": 2,
        "self_sustaining": 0,
        "reached": 2,
    }


def test_a_flow_both_ways_makes_each_end_a_support_of_the_other() -> None:
    assert told(failed("a moors b")) == {
        "B": "is lost: it is moored at A, which is removed; there is no other."
    }
    assert told(failed("a moors b", "b")) == {
        "A": "is lost: it moors B, which is removed; there is no other."
    }
    # One rule, one group: whom it moors and where it is moored stand in for each other.
    assert told(failed("a moors b, b moors c"))["B"].startswith("is degraded: it is moored at A")


def test_a_circle_that_loses_its_last_support_from_outside_is_told() -> None:
    answer = failed("a feeds b, b feeds c, c feeds b, c feeds d")
    assert told(answer) == {
        "B": "is degraded: it is fed by A, which is removed; C is left, and 1 is enough. "
        "Nothing outside B and C holds it up any more.",
        "C": "is degraded: it is fed by B, which is degraded. "
        "Nothing outside B and C holds it up any more.",
        "D": "is degraded: it is fed by C, which is degraded. "
        "Nothing outside a circle holds it up any more.",
    }
    assert answer.counts.self_sustaining == 3
    assert (answer.circle_total, answer.circles[0].total) == (1, 2)
    assert [each.label for each in answer.circles[0].entities] == ["B", "C"]


def test_a_circle_with_another_support_from_outside_stands() -> None:
    answer = failed("a feeds b, b feeds c, c feeds b, d feeds c")
    assert (floating(answer), answer.circle_total) == ("", 0)


def test_an_entity_that_feeds_itself_is_a_circle() -> None:
    answer = failed("a feeds b, b feeds b")
    assert told(answer)["B"].endswith("Nothing outside B holds it up any more.")


def test_a_circle_of_mutual_need_that_lost_nothing_is_no_finding() -> None:
    # B and C need each other, as before; B has lost one of two that feed it, and has the other.
    answer = failed(
        "a feeds b, d feeds b, b floods c, c floods b", rules=under(floods="all"), names="a b c d"
    )
    assert {each.entity.label: each.state for each in answer.hits} == {
        "B": State.DEGRADED,
        "C": State.DEGRADED,
    }
    assert floating(answer) == ""


def test_what_is_degraded_first_degrades_others_and_can_be_lost() -> None:
    feeding = "a feeds b, b feeds c"
    worn = (entity("b"),)
    alone = failed(feeding, "", degrade=worn)
    assert told(alone) == {"C": "is degraded: it is fed by B, which is degraded."}
    assert [each.label for each in alone.degraded] == ["B"]
    assert {each.label: each.state for each in _states(failed(feeding, degrade=worn))} == {
        "B": State.LOST,
        "C": State.LOST,
    }


def _states(answer: FailureAnswer) -> list[Any]:
    class Found:
        def __init__(self, label: str, state: State) -> None:
            self.label, self.state = label, state

    return [Found(each.entity.label, each.state) for each in answer.hits]


def test_removing_says_more_than_degrading() -> None:
    answer = failed("a feeds b", degrade=(entity("a"),))
    assert answer.degraded == ()
    assert answer.receipt == failed("a feeds b").receipt


def test_a_chain_leads_from_what_fails_with_what_it_does_on_the_way() -> None:
    answer = failed("a feeds b, b feeds c, d feeds c, c feeds e")
    hit = next(each for each in answer.hits if each.entity.label == "E")
    assert hit.chain is not None
    assert hit.chain.sentence == "A feeds B, which feeds C, which feeds E"
    assert hit.passed == ("removed", "lost", "degraded", "degraded")
    assert hit.to_dict()["chain"]["states"] == ["removed", "lost", "degraded", "degraded"]


def test_a_group_names_ten_and_counts_all() -> None:
    names = " ".join(f"s{number:02}" for number in range(20))
    feeding = ", ".join(f"{each} feeds z" for each in names.split())
    (hit,) = failed(feeding, "s00", names=f"{names} z").hits
    left = hit.groups[0].left
    assert (left.total, len(left.entities)) == (19, 10)
    assert hit.sentence.endswith("S01, S02, S03 and 16 more are left, and 1 is enough.")


def test_the_answer_is_narrowed_and_its_counts_with_it() -> None:
    told_of = [*records("a b"), *records("x y z", "Boat")]
    graph = project(told_of, links("a feeds b, a feeds x, b borders y"), metamodel(), under())
    boats = FailureQuestion((entity("a"),), to=(term("Boat"),))
    answer = ask_failure(graph, metamodel(), boats)
    assert [each.entity.label for each in answer.hits] == ["X", "Y"]
    (counts,) = answer.to_dict()["by_class"]
    assert (counts["class"], counts["lost"], counts["possible"]) == ("Boat", 1, 1)
    assert (counts["untouched"], counts["reached"]) == (1, 2)
    certain = ask_failure(graph, metamodel(), replace(boats, certain=True))
    assert [each.entity.label for each in certain.hits] == ["X"]
    untouched = ask_failure(graph, metamodel(), replace(boats, state=State.UNTOUCHED))
    assert told(untouched) == {"Z": "is untouched: nothing that it rests on is lost or degraded."}
    assert certain.counts == untouched.counts == answer.counts
    assert untouched.rows() == [
        {
            "iri": entity("z").value,
            "label": "Z",
            "class": "Boat",
            "state": "untouched",
            "modality": None,
            "score": None,
            "hops": None,
            "self_sustaining": False,
            "reason": untouched.hits[0].sentence,
        }
    ]


def test_the_bound_counts_who_may_pass_a_failure_on_by_links_that_are_missing() -> None:
    # Each place is expected to feed two others.
    assert failed("a feeds b, a feeds c", names="a b c").bound.frontier == 2


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"removed": ""}, InvalidParameterError),
        ({"limit": -1}, InvalidParameterError),
        ({"offset": -1}, InvalidParameterError),
        ({"removed": "nobody"}, UnknownEntityError),
        ({"degrade": (entity("nobody"),)}, UnknownEntityError),
        ({"to": (term("Hut"),)}, UnknownTermError),
        ({"domains": (NamedNode("https://example.org/nowhere"),)}, UnknownTermError),
    ],
)
def test_what_cannot_be_asked(parameters: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        failed("a feeds b", **parameters)

"""Particular questions with answers worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from pyoxigraph import NamedNode

from orthogramic.__about__ import __version__
from orthogramic.analysis import Answer, Direction, Question, ask
from orthogramic.errors import InvalidParameterError, UnknownEntityError, UnknownTermError
from orthogramic.graph import Relationship, project
from orthogramic.metamodel import Flow, Modality
from tests.properties.analysis.harbours import (
    DATA,
    Rule,
    entity,
    link,
    links,
    metamodel,
    profile,
    records,
    term,
)

IMPACT = Direction.IMPACT
DEPENDENCIES = Direction.DEPENDENCIES


def asked(
    relationships: list[Relationship],
    direction: Direction = IMPACT,
    names: str = "a b c d e",
    rules: dict[str, Rule] | None = None,
    **parameters: Any,
) -> Answer:
    under = profile() if rules is None else profile(rules)
    graph = project(records(names), relationships, metamodel(), under)
    return ask(graph, metamodel(), Question(direction, (entity("a"),), **parameters), snapshot=3)


def summary(answer: Answer) -> list[tuple[str, float, int, str]]:
    return [(each.entity.label, each.score, each.hops, each.modality) for each in answer.hits]


def sentences(answer: Answer) -> list[str]:
    return [each.paths[0].sentence for each in answer.hits]


def test_a_flow_says_which_end_is_affected() -> None:
    told = links("a feeds b, c feeds a, a moors d, e moors a")
    assert sentences(asked(told)) == ["A is moored at E", "A feeds B"]
    assert sentences(asked(told, DEPENDENCIES)) == ["A moors D", "A is fed by C"]


def test_a_property_without_flow_or_without_rule_leads_nowhere() -> None:
    rules = {"feeds": (Flow.NONE, 0.9, Modality.CERTAIN)}
    told = links("a feeds b, a floods c")
    assert asked(told, rules=rules).hits == ()
    assert asked(told, DEPENDENCIES, rules=rules).hits == ()


def test_an_indirect_hit_may_outrank_a_direct_one() -> None:
    told = [link("a", "feeds", "b", strength=1), *links("a feeds c, c feeds b")]
    assert summary(asked(told)) == [("C", 0.9, 1, "certain"), ("B", 0.81, 1, "certain")]
    assert sentences(asked(told)) == ["A feeds C", "A feeds C, which feeds B"]


def test_a_hop_limit_does_not_hide_what_a_shorter_weaker_path_still_reaches() -> None:
    # The best way to d takes three steps; within two hops only the weak way to d leaves one for e.
    told = links("a feeds b, b feeds c, c feeds d, d feeds e")
    told.append(link("a", "feeds", "d", strength=1))
    assert summary(asked(told, max_hops=2))[-1] == ("E", 0.162, 2, "certain")
    assert summary(asked(told))[-1] == ("E", 0.6561, 2, "certain")


def test_a_hit_is_certain_by_another_path_than_its_best_one() -> None:
    told = [*links("a borders b"), link("a", "feeds", "b", strength=1)]
    (hit,) = asked(told, paths=2).hits
    assert (hit.score, hit.modality) == (0.5, "certain")
    assert [(each.score, each.modality) for each in hit.paths] == [
        (0.5, "possible"),
        (0.18, "certain"),
    ]


def test_certainty_must_be_had_within_the_hop_limit() -> None:
    told = links("a borders b, a feeds c, c feeds b")
    assert summary(asked(told, max_hops=1)) == [
        ("C", 0.9, 1, "certain"),
        ("B", 0.5, 1, "possible"),
    ]
    assert summary(asked(told, max_hops=2))[1] == ("B", 0.81, 1, "certain")


def test_the_sentence_says_where_a_strength_is_not_assessed() -> None:
    told = [link("a", "feeds", "b", qualified=True), link("b", "feeds", "c", strength=5)]
    assert sentences(asked(told)) == [
        "A feeds B (strength not assessed)",
        "A feeds B (strength not assessed), which feeds C",
    ]


def test_a_step_carries_its_weight_and_what_the_weight_is_made_of() -> None:
    told = [
        *links("a feeds b"),
        link("b", "feeds", "c", qualified=True),
        link("d", "isFedBy", "c", strength=2),
    ]
    steps = asked(told).hits[-1].paths[0].steps
    assert [(each.weight, each.factors.to_dict()) for each in steps] == [
        (0.9, {"rule": 0.9, "strength": None, "assessed": True}),
        (0.54, {"rule": 0.9, "strength": 3, "assessed": False}),
        (0.36, {"rule": 0.9, "strength": 2, "assessed": True}),
    ]


def test_equal_products_are_equal_scores_and_the_fewer_steps_come_first() -> None:
    rules = {
        "feeds": (Flow.SUBJECT_TO_OBJECT, 0.9, Modality.CERTAIN),
        "floods": (Flow.SUBJECT_TO_OBJECT, 0.8, Modality.CERTAIN),
        "moors": (Flow.SUBJECT_TO_OBJECT, 0.72, Modality.CERTAIN),
    }
    told = links("a feeds b, b floods c, a floods d, d feeds c, a moors c")
    (hit,) = asked(told, rules=rules, to=(), paths=9, min_score=0.0).hits[2:]
    assert [(each.score, each.sentence) for each in hit.paths] == [
        (0.72, "A moors C"),
        (0.72, "A feeds B, which floods C"),
        (0.72, "A floods D, which feeds C"),
    ]


def test_parallel_edges_make_different_paths_in_the_order_of_property_and_graph() -> None:
    same = (Flow.BOTH, 0.9, Modality.CERTAIN)
    rules = {"feeds": same, "moors": same}
    told = [
        link("a", "moors", "b", "g"),
        link("b", "feeds", "a", "g"),
        link("a", "feeds", "b", "h"),
        link("a", "feeds", "b", "g"),
    ]
    (hit,) = asked(told, rules=rules, paths=9).hits
    steps = [each.steps[0] for each in hit.paths]
    assert [(each.verb, each.graph.removeprefix(DATA), each.forward) for each in steps] == [
        ("feeds", "g", True),
        ("is fed by", "g", False),
        ("feeds", "h", True),
        ("moors", "g", True),
    ]


def test_of_parallel_edges_the_named_graph_decides_before_the_sense() -> None:
    rules = {"feeds": (Flow.BOTH, 0.9, Modality.CERTAIN)}
    told = [link("a", "feeds", "b", "h"), link("b", "feeds", "a", "g")]
    (hit,) = asked(told, rules=rules).hits
    assert (hit.paths[0].sentence, hit.paths[0].steps[0].graph) == ("A is fed by B", DATA + "g")


def test_self_loops_and_cycles_change_nothing() -> None:
    plain = asked(links("a feeds b, b feeds c"))
    looped = asked(links("a feeds a, a feeds b, b borders b, b feeds c, c feeds a"))
    assert plain.to_dict()["hits"] == looped.to_dict()["hits"]


def test_without_paths_a_hit_still_names_its_source() -> None:
    (hit,) = asked(links("a feeds b"), paths=0).hits
    assert (hit.source.label, hit.paths) == ("A", ())


def test_the_document_is_the_one_of_the_interface_contract() -> None:
    told = [link("b", "isFedBy", "a", "g", strength=4)]
    answer = asked(told, names="a b", to=(term("Place"),), max_hops=2)
    step = {
        "from": DATA + "a",
        "to": DATA + "b",
        "relationship": {"iri": term("feeds").value, "label": "feeds"},
        "forward": True,
        "weight": 0.72,
        "modality": "certain",
        "graph": DATA + "g",
        "factors": {"rule": 0.9, "strength": 4, "assessed": True},
    }
    path = {"score": 0.72, "modality": "certain", "sentence": "A feeds B", "steps": [step]}
    hit = {
        "entity": {"iri": DATA + "b", "label": "B", "class": "Place"},
        "source": DATA + "a",
        "score": 0.72,
        "modality": "certain",
        "hops": 1,
        "paths": [path],
    }
    assert answer.to_dict() == {
        "sources": [{"iri": DATA + "a", "label": "A", "class": "Place"}],
        "total_sources": 1,
        "hits": [hit],
        "total": 1,
        "limit": 100,
        "offset": 0,
        "groups": {
            "classes": [
                {
                    "class": "Place",
                    "iri": term("Place").value,
                    "label": "place",
                    "hits": 1,
                    "certain": 1,
                    "best_score": 0.72,
                    "domain": term("land").value,
                }
            ],
            "domains": [
                {
                    "iri": term("land").value,
                    "label": "Land",
                    "hits": 1,
                    "certain": 1,
                    "best_score": 0.72,
                }
            ],
        },
        # Both places should feed two others, and could have passed the change on.
        "bound": {"frontier": 2, "complete": False},
        "receipt": {
            "snapshot": 3,
            "bundle": metamodel().digest,
            "profile": "https://example.org/profile/test",
            "parameters": {
                "question": "impact",
                "direction": "impact",
                "sources": [DATA + "a"],
                "source_class": [],
                "to": [term("Place").value],
                "domain": [],
                "via": [],
                "graph": [],
                "max_hops": 2,
                "min_score": 0.0,
                "group_by": None,
                "paths": 1,
                "limit": 100,
                "offset": 0,
            },
            "version": __version__,
        },
    }


def test_rows_are_flat() -> None:
    first, second = asked(links("a feeds b, b feeds c"), paths=0).rows(), asked(links("a feeds b"))
    assert first[0]["path"] == ""
    assert second.rows() == [
        {
            "iri": DATA + "b",
            "label": "B",
            "class": "Place",
            "source": DATA + "a",
            "score": 0.9,
            "modality": "certain",
            "hops": 1,
            "path": "A feeds B",
        }
    ]


def test_a_bound_does_not_count_who_is_at_the_hop_limit_or_off_the_path() -> None:
    told = links("a feeds b, a feeds c, b feeds d")
    assert asked(told).bound.frontier == 3
    assert asked(told, max_hops=1).bound.complete
    assert asked(told, via=(term("moors"),)).bound.complete
    assert asked(told, DEPENDENCIES).bound.complete


def test_scores_fade_to_zero_without_losing_reach() -> None:
    names = [f"n{each:03}" for each in range(400)]
    chain = [link("a", "feeds", names[0], strength=1)]
    chain += [link(one, "feeds", other, strength=1) for one, other in pairwise(names)]
    answer = asked(chain, names=" ".join(["a", *names]), limit=None)
    assert answer.total == 400
    assert summary(answer)[-1] == ("N399", 0.0, 400, "certain")
    assert len(answer.hits[-1].paths[0].steps) == 400


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"sources": ()}, "at least one source"),
        ({"max_hops": 0}, "max_hops is 0"),
        ({"min_score": 1.5}, "min_score is 1.5"),
        ({"min_score": float("nan")}, "min_score is nan"),
        ({"paths": -1}, "paths is -1"),
        ({"limit": -1}, "limit is -1"),
        ({"offset": -2}, "offset is -2"),
    ],
)
def test_values_out_of_range_are_refused(parameters: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidParameterError, match=message):
        Question(**{"direction": IMPACT, "sources": (entity("a"),), **parameters})


def test_names_that_cannot_match_are_refused() -> None:
    with pytest.raises(UnknownTermError, match="no class"):
        asked([], to=(NamedNode("urn:x:Comet"),))
    with pytest.raises(UnknownTermError, match="no property"):
        asked([], via=(NamedNode("urn:x:likes"),))
    with pytest.raises(InvalidParameterError, match="no relationship"):
        asked([], via=(term("code"),))
    with pytest.raises(UnknownEntityError):
        asked([], names="b c")

"""The links that the graph says are lacking are those that the validator says are lacking."""

from __future__ import annotations

import orthogramic
from orthogramic import Repository
from orthogramic.repository.projection import Projection

#: Stages in a value stream, in another stage, and in none: an alternative path expects either.
STAGES = """
@prefix orth: <https://orthogramic.com/metamodel#> .
@prefix id: <https://data.orthogramic.com/id/ValueStreamStage/> .
<https://data.orthogramic.com/id/ValueStream/v> a orth:ValueStream ;
    orth:title "V" ; orth:hasValueStreamStage id:whole .
id:whole a orth:ValueStreamStage ; orth:title "Whole" ; orth:hasSubStage id:part .
id:part a orth:ValueStreamStage ; orth:title "Part" .
id:stray a orth:ValueStreamStage ; orth:title "Stray" .
"""


def lacking_by_graph(repository: Repository) -> set[tuple[str, str]]:
    knowledge = repository._knowledge
    _, graph = Projection(knowledge).under(repository.metamodel.profile())
    return {(iri, each.shape.iri.value) for iri, each in graph.lacking()}


def lacking_by_validator(repository: Repository) -> set[tuple[str, str]]:
    return {
        (result.focus_node.value, result.source_shape.value)
        for result in repository.validate().results
        if result.component.value.endswith("MinCountConstraintComponent")
        and result.severity != "info"
    }


def test_on_the_reference_data(reference: Repository) -> None:
    by_graph = lacking_by_graph(reference)
    assert by_graph == lacking_by_validator(reference)
    assert len(by_graph) >= 4


def test_on_an_alternative_path() -> None:
    with orthogramic.open_memory() as repository:
        repository.load_bytes(STAGES.encode(), syntax="turtle", gate=False)
        by_validator = lacking_by_validator(repository)
        by_graph = lacking_by_graph(repository)
    stage = "https://data.orthogramic.com/id/ValueStreamStage/"
    in_nothing = {iri for iri, shape in by_graph if shape.endswith("isStageOfValueStream-expected")}
    assert in_nothing == {stage + "stray"}
    assert by_graph <= by_validator

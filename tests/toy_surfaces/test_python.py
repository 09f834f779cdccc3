"""The toy domain from Python: every verb of the facade."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
import pytest

from orthogramic import Repository
from orthogramic.errors import (
    InvalidParameterError,
    UnknownEntityError,
    UnknownMeasureError,
    UnknownProfileError,
    UnknownTermError,
)
from orthogramic.syntax import RdfSyntax, ResultFormat
from tests.conftest import TOY
from tests.toy_surfaces.golden import DEPENDENCIES, HIVES_BY_MEADOWS, IMPACT, Row
from tests.toy_surfaces.words import words_of_ours

BEE = "https://bees.example/terms#"


def spoken(result: Any) -> str:
    """Return a result as JSON text, after checking that no word of ours is in it."""
    text = json.dumps(result.to_dict(), ensure_ascii=False)
    assert not words_of_ours(text)
    return text


def rows(answer: Any) -> tuple[Row, ...]:
    spoken(answer)
    return tuple(
        (hit.entity.label, hit.score, hit.modality, hit.hops, hit.paths[0].sentence)
        for hit in answer.hits
    )


@pytest.mark.parametrize("source", IMPACT)
def test_impact(toy: Repository, source: str) -> None:
    assert rows(toy.impact(source)) == IMPACT[source]


@pytest.mark.parametrize("source", DEPENDENCIES)
def test_dependencies(toy: Repository, source: str) -> None:
    assert rows(toy.dependencies(source)) == DEPENDENCIES[source]


def test_the_answer_is_narrowed_in_words_of_the_toy(toy: Repository) -> None:
    by_class = toy.impact("Brook", to="bee:Hive", via=["foragesAt"])
    assert [hit.entity.class_name for hit in by_class.hits] == ["Hive", "NucleusHive"]
    assert [hit.entity.label for hit in toy.impact("Hill", min_score=0.5).hits] == [
        "Young Willow",
        "Ada",
    ]
    assert [hit.entity.label for hit in toy.impact("Hill", max_hops=1).hits] == [
        "Young Willow",
        "Brook",
    ]
    assert toy.impact("Hill", profile="nectar").receipt.profile.endswith("/nectar")


def test_the_bound_counts_the_hive_without_a_meadow(toy: Repository) -> None:
    assert toy.dependencies("Lonely").bound.frontier == 1
    assert toy.dependencies("Ada").bound.complete


def test_a_strength_scales_the_rule_and_is_told(toy: Repository) -> None:
    (path,) = toy.paths("Young Willow", "Brook", max_hops=1).paths
    (step,) = path.steps
    assert (step.weight, step.factors.rule, step.factors.strength) == (1.0, 1.0, 5)


def test_matrix(toy: Repository) -> None:
    answer = toy.matrix("Hive", "bee:Meadow")
    assert "Hive × Meadow" in spoken(answer)
    found = tuple(
        (answer.rows[each.row].label, answer.columns[each.column].label, each.value, each.hops)
        for each in answer.cells
    )
    assert found == HIVES_BY_MEADOWS
    assert [each.label for each in answer.rows] == ["Lonely", "Old Willow", "Young Willow"]
    assert [each.sum for each in answer.column_totals] == [2.0, 1.25]
    hidden = toy.matrix("Hive", "Meadow", hide_empty=True, sort="total")
    assert [each.label for each in hidden.rows] == ["Young Willow", "Old Willow"]
    assert hidden.hidden_rows == 1
    some = toy.matrix("Hive", row=["Young Willow"], column=["Hill", "Ada"])
    assert [each.label for each in some.columns] == ["Ada", "Hill"]
    assert (some.cells[0].column, some.cells[0].value) == (1, 1.0)
    counted = toy.matrix("Keeper", "Meadow", cell="paths", max_hops=2)
    # Ada minds both hives, and both forage at the brook.
    assert [each.value for each in counted.cells] == [2, 1]


@pytest.mark.parametrize(
    ("names", "options", "error"),
    [
        (("Hyve", "Meadow"), {}, UnknownTermError),
        (("Hive", None), {}, InvalidParameterError),
        (("Hive", "Meadow"), {"row": "Ada"}, UnknownEntityError),
        (("Hive", "Meadow"), {"cell": "colour"}, UnknownMeasureError),
        (("Hive", "Meadow"), {"direction": "up"}, InvalidParameterError),
        (("Hive", "Meadow"), {"sort": "mood"}, InvalidParameterError),
        (("Hive", "Meadow"), {"profile": "none"}, UnknownProfileError),
    ],
)
def test_a_matrix_that_cannot_be_asked_for(
    toy: Repository, names: tuple[str, ...], options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        toy.matrix(*names, **options)


def test_paths(toy: Repository) -> None:
    answer = toy.paths("Hill", "Ada", direction="impact")
    spoken(answer)
    assert [(path.sentence, path.score, path.modality) for path in answer.paths] == [
        ("Hill feeds Young Willow, which is minded by Ada", 0.5, "certain"),
        ("Hill borders Brook, which feeds Old Willow, which is minded by Ada", 0.125, "possible"),
        ("Hill borders Brook, which feeds Young Willow, which is minded by Ada", 0.125, "possible"),
    ]


def test_search_and_lists(toy: Repository) -> None:
    found = toy.search("willow")
    spoken(found)
    assert {hit.entity.label for hit in found.items} == {"Old Willow", "Young Willow"}
    hives = toy.entities("Hive")
    spoken(hives)
    assert [each.label for each in hives.items] == ["Lonely", "Old Willow", "Young Willow"]
    assert toy.entities(domain="Apiary").total == 6


def test_one_entity(toy: Repository) -> None:
    entity = toy.entity("Hive/H-1")
    text = spoken(entity)
    assert entity.summary.label == "Old Willow"
    assert [(link.verb, link.entity.label) for link in entity.outgoing] == [("forages at", "Brook")]
    assert [(link.verb, link.entity.label) for link in entity.incoming] == [("is minded by", "Ada")]
    assert "41.5" in text


def test_counts(toy: Repository) -> None:
    counted = toy.stats()
    spoken(counted)
    assert {each.name: each.links for each in counted.by_relationship} == {
        "foragesAt": 3,
        "minds": 2,
        "abutsMeadow": 1,
    }
    assert [(each.label, each.entities) for each in counted.domains] == [("Apiary", 6)]
    assert [each.label for each in toy.graphs()] == ["The year"]


def test_a_saved_query(toy: Repository) -> None:
    assert [each.name for each in toy.queries()] == ["hives-of-meadow"]
    answer = toy.saved_query("hives-of-meadow", {"meadow": "Brook"})
    spoken(answer)
    labels = [row[answer.variables.index("hiveLabel")] for row in answer.rows]
    assert [each.value for each in labels if each] == ["Old Willow", "Young Willow"]


def test_sparql_knows_the_prefixes_of_the_toy(toy: Repository) -> None:
    answer = toy.sparql("SELECT ?k WHERE { ?h bee:mindedBy ?k } LIMIT 1")
    data = b"".join(answer.serialize(ResultFormat.CSV)).decode()
    assert data.split() == ["k", "https://bees.example/id/Keeper/ada"]


def test_validation_of_the_whole_and_of_a_document(toy: Repository) -> None:
    report = toy.validate()
    spoken(report)
    assert "Say at which meadow the hive forages." in report.to_text()
    assert report.accepted
    fierce = f'<urn:h> a <{BEE}Hive> ; <{BEE}hiveCode> "H-9" ; <{BEE}temper> "sleepy" .'
    refused = toy.validate_bytes(fierce.encode(), "turtle")
    spoken(refused)
    assert not refused.accepted
    assert "The temper is gentle, lively or fierce." in refused.to_text()
    assert not words_of_ours(refused.to_turtle())


@pytest.mark.parametrize("syntax", RdfSyntax, ids=lambda each: each.key)
def test_export_in_every_syntax(toy: Repository, syntax: RdfSyntax) -> None:
    written = b"".join(toy.export(syntax.key))
    assert not words_of_ours(written.decode())
    source = (TOY / "data" / "year.ttl").read_bytes()
    asserted = {quad.triple for quad in pyoxigraph.parse(source, pyoxigraph.RdfFormat.TURTLE)}
    plain = pyoxigraph.Triple(
        pyoxigraph.NamedNode("https://bees.example/id/Hive/H-2"),
        pyoxigraph.NamedNode(f"{BEE}foragesAt"),
        pyoxigraph.NamedNode("https://bees.example/id/Meadow/brook"),
    )
    back = {
        quad.triple
        for quad in pyoxigraph.parse(written, syntax.rdf_format)
        if isinstance(quad.subject, pyoxigraph.NamedNode)
        and quad.subject.value.startswith("https://bees.example/id/")
    }
    assert back == asserted | {plain}


def test_the_context_speaks_of_the_toy(toy: Repository) -> None:
    context = toy.context()
    text = json.dumps(context)
    assert not words_of_ours(text)
    assert {"Hive", "Meadow", "foragesAt", "temper"} <= set(context["@context"])


def test_history(toy: Repository) -> None:
    page = toy.history()
    assert page.total == 1
    detail = toy.commit(1)
    assert not words_of_ours("\n".join(detail.to_dict()["added_quads"]))
    # 30 of the year and the plain triple of its qualified relationship; 3 of the manifest.
    assert detail.record.added == len(detail.added) == 34

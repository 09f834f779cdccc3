"""Lists, searches and counts: what is in them, in what order, and within which bounds."""

from __future__ import annotations

from unicodedata import normalize

import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.errors import InvalidParameterError, UnknownCommitError, UnknownTermError
from tests.conftest import TOY


def labels(items: object) -> list[str]:
    return [getattr(each, "entity", each).label for each in items]  # type: ignore[attr-defined]


def test_entities_come_by_label(toy: Repository) -> None:
    page = toy.entities()
    assert labels(page.items) == ["Ada", "Brook", "Hill", "Lonely", "Old Willow", "Young Willow"]
    assert (page.total, page.limit, page.offset) == (6, 100, 0)
    middle = toy.entities(limit=2, offset=3)
    assert (labels(middle.items), middle.total) == (["Lonely", "Old Willow"], 6)
    assert toy.entities(offset=6).items == ()


@pytest.mark.parametrize(
    ("class_name", "domain", "expected"),
    [
        ("Hive", None, ["Lonely", "Old Willow", "Young Willow"]),
        ("NucleusHive", None, ["Young Willow"]),
        ("https://bees.example/terms#Meadow", None, ["Brook", "Hill"]),
        ("bee:Keeper", "Apiary", ["Ada"]),
        (None, "https://bees.example/apiary", 6),
        ("Weighing", None, []),
    ],
)
def test_entities_of_a_class_or_domain(
    toy: Repository, class_name: str | None, domain: str | None, expected: list[str] | int
) -> None:
    page = toy.entities(class_name, domain)
    if isinstance(expected, int):
        assert page.total == expected
    else:
        assert (labels(page.items), page.total) == (expected, len(expected))


def test_unknown_classes_and_domains(toy: Repository) -> None:
    with pytest.raises(UnknownTermError):
        toy.entities("Box")
    with pytest.raises(UnknownTermError):
        toy.entities(domain="Box")
    with pytest.raises(UnknownTermError):
        toy.search("x", "Box")


@pytest.mark.parametrize(
    ("limit", "offset"), [(0, 0), (-1, 0), (10_001, 0), (1, -1), (1, 2**53 + 1), (1, 10**30)]
)
def test_pages_that_no_list_has(toy: Repository, limit: int, offset: int) -> None:
    for ask in (
        lambda: toy.entities(limit=limit, offset=offset),
        lambda: toy.search("x", limit=limit, offset=offset),
        lambda: toy.history(limit, offset),
        lambda: toy.impact("Ada", limit=limit, offset=offset),
    ):
        with pytest.raises(InvalidParameterError):
            ask()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("willow", ["Young Willow", "Old Willow"]),
        ("WILLOW", ["Young Willow", "Old Willow"]),
        ("will", ["Young Willow", "Old Willow"]),
        ("willow old", ["Old Willow"]),
        ("wil old", []),
        ("gentle", ["Old Willow"]),
        ("wíllöw", ["Young Willow", "Old Willow"]),
        (normalize("NFD", "wíllöw"), ["Young Willow", "Old Willow"]),
        ("H-3", ["Lonely"]),
        ("", []),
        ("  \t", []),
        ('"', []),
        ("* OR NOT NEAR(", []),
        ("_", []),
        ("\0", []),
        ("willow " * 5000, ["Young Willow", "Old Willow"]),
    ],
)
def test_search(toy: Repository, text: str, expected: list[str]) -> None:
    page = toy.search(text)
    assert (labels(page.items), page.total) == (expected, len(expected))


def test_search_finds_names_in_every_language() -> None:
    with orthogramic.open_memory(bundle=[TOY]) as repository:
        text = """<urn:m> a <https://bees.example/terms#Meadow> ;
            <https://bees.example/terms#caption> "Field"@en, "Wiese"@de ."""
        repository.load_bytes(text.encode(), syntax="turtle", gate=False)
        assert labels(repository.search("wiese").items) == ["Field"]


def test_search_pages_classes_and_snippets(toy: Repository) -> None:
    assert labels(toy.search("willow", "NucleusHive").items) == ["Young Willow"]
    assert labels(toy.search("willow", "Hive", limit=1, offset=1).items) == ["Old Willow"]
    assert toy.search("willow", limit=1).total == 2
    assert toy.search("willow", limit=1).items[0].snippet == "Young [Willow]"
    assert toy.search("gentle").to_dict()["items"] == [
        {
            "iri": "https://bees.example/id/Hive/H-1",
            "label": "Old Willow",
            "class": "Hive",
            "key": "H-1",
            "snippet": toy.search("gentle").items[0].snippet,
        }
    ]


def test_statistics(toy: Repository) -> None:
    found = toy.stats()
    assert (found.snapshot, found.entities) == (1, 6)
    (domain,) = found.domains
    assert (domain.label, domain.entities) == ("Apiary", 6)
    assert {each.name: each.entities for each in domain.classes} == {
        "Hive": 2,
        "Meadow": 2,
        "Keeper": 1,
        "NucleusHive": 1,
    }
    links = {each.name: each.links for each in found.by_relationship}
    assert links == {"foragesAt": 3, "minds": 2, "abutsMeadow": 1}
    assert found.relationships == 6
    (graph,) = found.graphs
    assert found.triples == graph.triples == 31
    answer = toy.sparql(
        "SELECT * { GRAPH <https://orthogramic.com/repository#inferred> { ?s ?p ?o } }"
    )
    assert found.inferred == len(list(answer.rows()))
    assert found.to_dict()["graphs"][0]["iri"] == "https://bees.example/year"


def test_history(toy: Repository) -> None:
    page = toy.history()
    (record,) = page.items
    assert (record.number, record.added, record.removed, page.total) == (1, 31 + 3, 0, 1)
    detail = toy.commit(1)
    assert len(detail.added) == 34
    assert detail.to_dict()["removed_quads"] == []
    for number in (0, 2):
        with pytest.raises(UnknownCommitError):
            toy.commit(number)

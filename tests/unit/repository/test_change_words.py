"""A change in words: labels, links by their ends, and a bound."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from orthogramic import Repository
from orthogramic.repository.changes import ChangeSet
from orthogramic.vocabulary import KR, RDF

BEE = "https://bees.example/terms#"
ID = "https://bees.example/id/"
CAPTION = NamedNode(f"{BEE}caption")


def quad(subject: str, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), predicate, value, KR.default)


def test_what_is_there_goes_by_its_label_and_what_comes_by_its_new_one(toy: Repository) -> None:
    fen = f"{ID}Meadow/fen"
    change = ChangeSet(
        (quad(f"{ID}Hive/H-1/weighing/1", NamedNode(f"{BEE}kilograms"), Literal(3)),),
        (
            quad(fen, CAPTION, Literal("Fen")),
            quad(fen, RDF.type, NamedNode(f"{BEE}Meadow")),
            quad(f"{ID}Hive/H-1", NamedNode(f"{BEE}foragesAt"), NamedNode(fen)),
            quad(fen, NamedNode("http://purl.org/dc/terms/title"), Literal("Fenn", language="de")),
        ),
    )
    words = toy.change_in_words(change)
    assert words == {
        "removed": ["“Old Willow”, weighing/1: kilograms is “3”"],
        "added": [
            "“Fen” is a Meadow",
            "“Fen”: caption is “Fen”",
            "“Fen”: title is “Fenn” (de)",
            "“Old Willow” forages at “Fen”",
        ],
        "left_out": 0,
    }


def test_a_link_goes_by_its_ends(toy: Repository) -> None:
    change = ChangeSet((), (quad(f"{ID}link/brook", KR.strength, Literal(2)),))
    (sentence,) = toy.change_in_words(change)["added"]
    assert sentence == "[“Young Willow” forages at “Brook”]: strength is “2”"


def test_of_a_large_change_the_rest_is_counted(toy: Repository) -> None:
    many = tuple(quad(f"{ID}Meadow/{n}", CAPTION, Literal(str(n))) for n in range(1500))
    words = toy.change_in_words(ChangeSet((), many))
    assert (len(words["added"]), words["left_out"]) == (1000, 500)

"""Small worlds of harbours, and scenarios about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from orthogramic import Repository
from orthogramic.metamodel import Metamodel
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.repository.scenarios.documents import read_scenario
from orthogramic.repository.scenarios.planning import Planner
from orthogramic.vocabulary import KR, RDF, RDFS, XSD
from tests.properties.analysis.harbours import (
    CLASSES,
    INVERSES,
    PRIMARIES,
    entity,
    metamodel,
    profile,
    term,
)

NAMES = ("a", "b", "c", "d", "e")
RELATIONSHIPS = (*PRIMARIES, *INVERSES)
GRAPHS = ("g", "h")

Document = dict[str, Any]


@dataclass(frozen=True)
class Tie:
    """A link of a world; a strength of 0 stands for one with facts that states none."""

    source: str
    relationship: str
    target: str
    graph: str
    strength: int | None

    @property
    def link(self) -> dict[str, str]:
        return {
            "source": entity(self.source).value,
            "relationship": self.relationship,
            "target": entity(self.target).value,
        }

    def quads(self) -> list[Quad]:
        graph = entity(self.graph)
        ends = entity(self.source), term(self.relationship), entity(self.target)
        found = [Quad(*ends, graph)]
        if self.strength is not None:
            node = entity(f"{self.graph}-{self.source}-{self.relationship}-{self.target}")
            said = zip((KR.source, KR.property, KR.target), ends, strict=True)
            found += [Quad(node, fact, value, graph) for fact, value in said]
            found.append(Quad(node, RDF.type, KR.QualifiedRelationship, graph))
        if self.strength:
            found.append(Quad(node, KR.strength, number(self.strength), graph))
        return found


@dataclass(frozen=True)
class World:
    """Classes by name, and the links between what has one."""

    classes: tuple[tuple[str, str], ...]
    ties: tuple[Tie, ...]

    def quads(self) -> list[Quad]:
        found: list[Quad] = []
        for name, class_name in self.classes:
            found.append(Quad(entity(name), RDF.type, term(class_name), entity("g")))
            found.append(Quad(entity(name), RDFS.label, Literal(name.upper()), entity("g")))
        return [*found, *(quad for tie in self.ties for quad in tie.quads())]


def number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


@cache
def ruled_metamodel() -> Metamodel:
    return replace(metamodel(), profiles=(profile(),))


def repository_of(quads: Sequence[Quad]) -> Repository:
    """Return a repository in memory that holds some quads, whatever the shapes say of them."""
    knowledge = KnowledgeBase(ruled_metamodel())
    knowledge.commit(quads, gate=False)
    return Repository(knowledge)


def ties(names: Sequence[str]) -> st.SearchStrategy[Tie]:
    name = st.sampled_from(names)
    strengths = st.one_of(st.none(), st.integers(0, 5))
    return st.builds(
        Tie, name, st.sampled_from(RELATIONSHIPS), name, st.sampled_from(GRAPHS), strengths
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    count = draw(st.integers(2, len(NAMES)))
    classes = [draw(st.sampled_from(CLASSES)) for _ in range(count)]
    names = NAMES[:count]
    found = draw(st.lists(ties(names), min_size=1, max_size=8))
    return World(tuple(zip(names, classes, strict=True)), tuple(dict.fromkeys(found)))


def changes(world: World) -> st.SearchStrategy[Document]:
    """Draw a change of a world; most speak of what is there."""
    names = [name for name, _ in world.classes]
    name = st.sampled_from(names).map(lambda each: entity(each).value)
    known = st.sampled_from(world.ties).map(lambda each: each.link)
    anything = ties(names).map(lambda each: each.link)
    strength = st.integers(1, 5)
    return st.one_of(
        st.builds(lambda it: {"remove": it}, known),
        st.builds(lambda it, by: {"reweight": it, "strength": by}, known, strength),
        st.builds(lambda it, to: {"move": it, "to": to}, known, name),
        st.builds(lambda it: {"add": it}, anything),
        st.builds(lambda it, by: {"add": it, "strength": by}, anything, strength),
        st.builds(lambda it: {"retire": it}, name),
        st.builds(lambda old, new: {"replace": old, "by": new}, name, name),
        st.builds(fresh, st.sampled_from(CLASSES), st.sampled_from("xb"), anything),
    )


def fresh(class_name: str, name: str, link: dict[str, str]) -> Document:
    """Return a change that states a new entity (or one more class of an old), linked."""
    return {"fresh": (class_name, name, link)}


@st.composite
def scenarios(draw: st.DrawFn, world: World) -> Document:
    """Draw a scenario, perhaps one that contradicts itself."""
    said: list[Document] = []
    turtle = ""
    for each in draw(st.lists(changes(world), min_size=1, max_size=3)):
        if "fresh" not in each:
            said.append(each)
            continue
        class_name, name, link = each["fresh"]
        new = entity(f"new-{name}").value
        turtle += f"<{new}> a <{term(class_name).value}> . "
        said.append({"add": {**link, "source": new}})
    return {"changes": said, **({"turtle": turtle} if turtle else {})}


def carried_out(repository: Repository, scenario: Document) -> None:
    """Do what a scenario says, whatever the shapes say of it."""
    knowledge = repository._knowledge
    naming = Naming(knowledge.catalogue, knowledge.metamodel, knowledge.store, knowledge.base_iri)
    planned = Planner(knowledge, naming).plan(read_scenario(scenario))
    knowledge.write(lambda: planned.intention, gate=False)


def statements(repository: Repository) -> frozenset[Quad]:
    """Return all that a repository states."""
    return frozenset(repository._knowledge.asserted())


def present(repository: Repository) -> list[NamedNode]:
    """Return the entities of a repository."""
    return [NamedNode(each.iri) for each in repository._knowledge.catalogue.everything()]

"""From a scenario to the statements that would go and come.

Every change is read against what is there, and all are made together, so that their order means
nothing. What cannot be made together is refused. The statements are those that the same edits
would write: an entity goes with its parts and all links, and a link that carries facts keeps them.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import ContradictoryScenarioError, UnknownRelationshipError
from orthogramic.metamodel import PropertyKind
from orthogramic.repository.documents import Editing
from orthogramic.repository.documents.instruments import Instruments, instruments_of
from orthogramic.repository.documents.referrers import Referrers
from orthogramic.repository.documents.state import States
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.repository.scenarios.link_planning import LinkPlanning
from orthogramic.repository.scenarios.names import ScenarioNames
from orthogramic.repository.scenarios.plan import PlannedChange, ScenarioPlan, in_order
from orthogramic.repository.scenarios.rewriting import LinkWriter
from orthogramic.repository.scenarios.scenario import (
    Create,
    Replace,
    Retire,
    Revise,
    Scenario,
    State,
    Withdraw,
)
from orthogramic.repository.scenarios.stated_links import StatedLink, StatedLinks
from orthogramic.repository.scenarios.statements import home_of, withdrawn

Kind = TypeVar("Kind")


class Planner:
    """Looks scenarios up in one repository; the caller holds back writes meanwhile."""

    def __init__(self, knowledge: KnowledgeBase, naming: Naming) -> None:
        self.knowledge = knowledge
        self.naming = naming
        self.editing = Editing(knowledge, naming)
        self.instruments: Instruments = instruments_of(knowledge, naming)
        self.links = StatedLinks(knowledge.store, knowledge.metamodel)
        self.states = States(knowledge.store, knowledge.metamodel, knowledge.catalogue)
        self.referrers = Referrers(knowledge.store, knowledge.metamodel, knowledge.catalogue)

    def plan(self, scenario: Scenario) -> ScenarioPlan:
        """Return what a scenario means.

        :raises NamingError: if a name is unknown or ambiguous, or a link is not there.
        :raises ContradictoryScenarioError: if changes cannot be made together.
        :raises InvalidDocumentError: for a new entity, or a value, that no document can say.
        """
        return _Planning(self, scenario).plan()


class _Planning:
    """The plan of one scenario while it is being made."""

    def __init__(self, planner: Planner, scenario: Scenario) -> None:
        self._with = planner
        self._scenario = scenario
        self._store = planner.knowledge.store
        self._metamodel = planner.knowledge.metamodel
        self._removed: dict[Quad, None] = {}
        self._added: dict[Quad, None] = {}
        self._changes: list[PlannedChange] = []
        self._notes: list[str] = []
        self._retired: set[NamedNode] = set()
        self._replaced: dict[NamedNode, NamedNode] = {}

    def plan(self) -> ScenarioPlan:
        self._bring()
        self._names = ScenarioNames(self._with.naming, self._metamodel, self._added)
        self._leave()
        writer = LinkWriter(self._with.links, self._with.instruments)
        for entity in sorted({*self._retired, *self._replaced}, key=_iri):
            self._take_away(entity)
        for entity in sorted(self._replaced, key=_iri):
            self._take_over(entity, writer)
        self._withdraw()
        self._revise()
        links = LinkPlanning(
            self._names, self._with.links, writer, self._store, self._metamodel, self._require_stays
        )
        links.plan(self._scenario.changes)
        self._removed.update(dict.fromkeys(links.removed))
        self._added.update(dict.fromkeys(links.added))
        return ScenarioPlan(
            title=self._scenario.title,
            changes=in_order([*self._changes, *links.changes]),
            removed=tuple(self._removed),
            added=tuple(self._added),
            retired=tuple(sorted({*self._retired, *self._replaced}, key=_iri)),
            notes=tuple(sorted({*self._notes, *links.notes})),
        )

    def _of(self, kind: type[Kind]) -> list[Kind]:
        return [each for each in self._scenario.changes if isinstance(each, kind)]

    # -- what comes --------------------------------------------------------------------------------

    def _bring(self) -> None:
        """Note new entities and statements; what they are called can be named from then on."""
        for create in self._of(Create):
            summary, intention = self._with.editing.creation(create.document)
            self._added.update(dict.fromkeys(intention.added))
            document = json.loads(json.dumps(create.document, default=str, sort_keys=True))
            self._note(
                f"create {summary.class_name} “{summary.label}”",
                kind="create",
                entity=summary.iri,
                document=document,
            )
        for state in self._of(State):
            subject, predicate, value, _ = state.statement
            assert isinstance(subject, NamedNode)
            home = home_of(subject, self._store)
            self._added[Quad(subject, predicate, value, home)] = None
            said = f"{subject} {predicate} {value}"
            self._note(f"state {said}", kind="state", statement=said)

    # -- what goes ---------------------------------------------------------------------------------

    def _leave(self) -> None:
        """Find out which entities go, and refuse what cannot be."""
        names = self._names
        for retire in self._of(Retire):
            entity = self._known(retire.entity)
            self._retired.add(entity)
            self._note(f"retire “{names.label(entity)}”", kind="retire", entity=entity.value)
        for replace in self._of(Replace):
            old, new = self._known(replace.old), names.entity(replace.new)
            if self._replaced.setdefault(old, new) != new:
                raise ContradictoryScenarioError(
                    f"“{names.label(old)}” is replaced by two others; one can take its place."
                )
            self._note(
                f"replace “{names.label(old)}” by “{names.label(new)}”",
                kind="replace",
                entity=old.value,
                by=new.value,
            )
        for old, new in self._replaced.items():
            if old in self._retired:
                raise ContradictoryScenarioError(
                    f"“{names.label(old)}” is both retired and replaced."
                )
            self._require_stays(new)
        for quad in self._added:
            for node in (quad.subject, quad.object):
                if isinstance(node, NamedNode):
                    self._require_stays(node)

    def _known(self, name: str) -> NamedNode:
        """Return an entity that is there: what the scenario brings cannot go with it."""
        self._with.naming.resolve(name)
        return self._names.entity(name)

    def _require_stays(self, entity: NamedNode) -> None:
        """Refuse a change of what the scenario takes away."""
        if entity in self._retired or entity in self._replaced:
            raise ContradictoryScenarioError(
                f"“{self._names.label(entity)}” goes, and another change of the scenario speaks "
                "of it."
            )

    def _take_away(self, entity: NamedNode) -> None:
        state = self._with.states.of(entity)
        self._removed.update(dict.fromkeys(state.quads()))
        self._removed.update(dict.fromkeys(self._with.referrers.incoming(state).quads()))

    def _take_over(self, entity: NamedNode, writer: LinkWriter) -> None:
        """Let what replaces an entity have its links, other than those to what goes."""
        for link in sorted(self._with.links.at(entity), key=lambda each: str(each.plain)):
            source, predicate, target, _ = link.plain
            assert isinstance(source, NamedNode)
            assert isinstance(target, NamedNode)
            term = self._metamodel.properties.get(predicate)
            is_link = term is not None and term.kind is PropertyKind.RELATIONSHIP
            if not is_link or link.plain not in self._removed:
                continue
            if source in self._retired or target in self._retired:
                continue
            # A link between two that are replaced is found at both.
            if source in self._replaced and source != entity:
                continue
            ends = self._replaced.get(source, source), self._replaced.get(target, target)
            self._relink(link, *ends, writer)

    def _relink(
        self, link: StatedLink, source: NamedNode, target: NamedNode, writer: LinkWriter
    ) -> None:
        predicate = link.plain.predicate
        names = self._names
        if source == target:
            self._notes.append(
                f"“{names.label(source)}” takes no link to itself over: {_verb(predicate, self)}."
            )
        elif self._with.links.between(source, predicate, target):
            self._notes.append(
                f"“{names.label(source)}” {_verb(predicate, self)} “{names.label(target)}” "
                "already; that link stays as it is."
            )
        else:
            self._added.update(dict.fromkeys(writer.elsewhere(link, source, target)))

    # -- what is said otherwise --------------------------------------------------------------------

    def _withdraw(self) -> None:
        for withdraw in self._of(Withdraw):
            statement = withdraw.statement
            going = list(withdrawn(statement, self._store))
            if not going:
                raise UnknownRelationshipError(f"No data states {statement}.")
            self._removed.update(dict.fromkeys(going))
            self._note(f"withdraw {statement}", kind="withdraw", statement=str(statement))

    def _revise(self) -> None:
        patches: dict[str, dict[str, Any]] = {}
        for revise in self._of(Revise):
            summary = self._with.naming.resolve(revise.entity)
            self._require_stays(NamedNode(summary.iri))
            patch = patches.setdefault(summary.iri, {})
            for name, value in revise.members.items():
                if patch.setdefault(name, value) != value:
                    raise ContradictoryScenarioError(
                        f"“{summary.label}” gets two values of {name}; say one."
                    )
        for iri in sorted(patches):
            summary = self._with.naming.resolve(iri)
            intention = self._with.editing.revision(summary, patches[iri])
            self._removed.update(dict.fromkeys(intention.removed))
            self._added.update(dict.fromkeys(intention.added))
            members = json.loads(json.dumps(patches[iri], default=str, sort_keys=True))
            values = ", ".join(f"{name} to {value}" for name, value in members.items())
            self._note(
                f"set of “{summary.label}” {values}", kind="set", entity=iri, members=members
            )

    def _note(self, sentence: str, **canonical: Any) -> None:
        self._changes.append(PlannedChange(tuple(canonical.items()), sentence))


def _verb(predicate: NamedNode, planning: _Planning) -> str:
    return planning._metamodel.verb(predicate, forward=True)


def _iri(node: NamedNode) -> str:
    return node.value

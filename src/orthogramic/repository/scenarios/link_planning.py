"""Links that a scenario adds, removes, weighs otherwise or leads elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import ContradictoryScenarioError, UnknownRelationshipError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.scenarios.names import ScenarioNames
from orthogramic.repository.scenarios.plan import PlannedChange, in_order
from orthogramic.repository.scenarios.rewriting import LinkWriter, weight
from orthogramic.repository.scenarios.scenario import (
    Add,
    Change,
    Link,
    Move,
    Remove,
    Reweight,
)
from orthogramic.repository.scenarios.stated_links import StatedLink, StatedLinks
from orthogramic.repository.scenarios.statements import home_of
from orthogramic.store import QuadStore
from orthogramic.vocabulary import KR

_Ends = tuple[NamedNode, NamedNode, NamedNode]


class LinkPlanning:
    """The links of one scenario.

    :param require_stays: refuses an entity that the scenario takes away.
    """

    def __init__(
        self,
        names: ScenarioNames,
        links: StatedLinks,
        writer: LinkWriter,
        store: QuadStore,
        metamodel: Metamodel,
        require_stays: Callable[[NamedNode], None],
    ) -> None:
        self._names = names
        self._links = links
        self._writer = writer
        self._store = store
        self._metamodel = metamodel
        self._require_stays = require_stays
        self._spoken_of: dict[Quad, str] = {}
        self.removed: list[Quad] = []
        self.added: list[Quad] = []
        self.changes: list[PlannedChange] = []
        self.notes: list[str] = []

    def plan(self, changes: Iterable[Change]) -> None:
        """Plan the changes that are about links.

        :raises UnknownRelationshipError: if one is to change that is not there.
        :raises ContradictoryScenarioError: if two changes are about one link.
        """
        found: dict[str, tuple[PlannedChange, Change, _Ends]] = {}
        for change in changes:
            if isinstance(change, Add | Remove | Reweight | Move):
                ends = self._ends(change.link)
                planned = self._planned(change, ends)
                found[planned.key] = planned, change, ends
        self.changes = list(in_order(planned for planned, _, _ in found.values()))
        # Nodes that are made get their IRIs in an order that does not depend on the writing.
        for planned in self.changes:
            _, change, ends = found[planned.key]
            self._carry_out(change, ends, planned)

    def _ends(self, link: Link) -> _Ends:
        ends = self._names.entity(link.source), self._names.entity(link.target)
        for each in ends:
            self._require_stays(each)
        return ends[0], self._names.relationship(link.relationship), ends[1]

    def _planned(self, change: Change, ends: _Ends) -> PlannedChange:
        source, relationship, target = ends
        said = [
            ("source", source.value),
            ("relationship", relationship.value),
            ("target", target.value),
        ]
        sentence = self._sentence(ends)
        if isinstance(change, Add):
            strength = "" if change.strength is None else f", with strength {change.strength}"
            return PlannedChange(
                (("kind", "add"), *said, ("strength", change.strength)),
                f"add: {sentence}{strength}",
            )
        if isinstance(change, Reweight):
            return PlannedChange(
                (("kind", "reweight"), *said, ("strength", change.strength)),
                f"re-weight to {change.strength}: {sentence}",
            )
        if isinstance(change, Move):
            to = self._names.entity(change.to)
            return PlannedChange(
                (("kind", "move"), *said, ("to", to.value)),
                f"move to “{self._names.label(to)}”: {sentence}",
            )
        return PlannedChange((("kind", "remove"), *said), f"remove: {sentence}")

    def _sentence(self, ends: _Ends) -> str:
        verb = self._metamodel.verb(ends[1], forward=True)
        return f"“{self._names.label(ends[0])}” {verb} “{self._names.label(ends[2])}”"

    # -- carrying out ------------------------------------------------------------------------------

    def _carry_out(self, change: Change, ends: _Ends, planned: PlannedChange) -> None:
        stated = self._links.between(*ends)
        self._claim({each.plain for each in stated} or {Quad(*ends, KR.default)}, planned)
        if isinstance(change, Move):
            self._claim({Quad(*ends[:2], self._names.entity(change.to), KR.default)}, planned)
        if isinstance(change, Add):
            self._add(change, ends, bool(stated))
            return
        if not stated:
            raise UnknownRelationshipError(f"{self._sentence(ends)} is not stated anywhere.")
        for link in stated:
            if isinstance(change, Remove):
                self.removed += self._writer.quads(link)
            elif isinstance(change, Reweight):
                self._reweight(link, change.strength)
            elif isinstance(change, Move):
                self._move(link, ends, self._names.entity(change.to))

    def _claim(self, plain: Iterable[Quad], planned: PlannedChange) -> None:
        for each in plain:
            other = self._spoken_of.setdefault(each, planned.sentence)
            if other != planned.sentence:
                raise ContradictoryScenarioError(
                    f"Two changes are about one link: {other}; {planned.sentence}."
                )

    def _add(self, change: Add, ends: _Ends, is_there: bool) -> None:
        if is_there and change.strength is not None:
            raise ContradictoryScenarioError(
                f"{self._sentence(ends)} is there already; re-weight it to give it a strength."
            )
        if is_there:
            self.notes.append(f"{self._sentence(ends)} is there already.")
            return
        graph = home_of(ends[0], self._store)
        self.added.append(Quad(*ends, graph))
        if change.strength is not None:
            self.added += self._writer.described(*ends, change.strength, graph)

    def _reweight(self, link: StatedLink, strength: int) -> None:
        source, predicate, target, graph = link.plain
        assert isinstance(source, NamedNode)
        assert isinstance(target, NamedNode)
        assert isinstance(graph, NamedNode)
        for node in link.nodes:
            facts = list(self._links.facts(node))
            self.removed += [each for each in facts if each.predicate == KR.strength]
            self.added.append(Quad(node, KR.strength, weight(strength), graph))
        if not link.nodes:
            self.added += self._writer.described(source, predicate, target, strength, graph)

    def _move(self, link: StatedLink, ends: _Ends, to: NamedNode) -> None:
        self._require_stays(to)
        source, _, target = ends
        if self._links.between(source, ends[1], to):
            raise ContradictoryScenarioError(
                f"{self._sentence((source, ends[1], to))} is there already; remove the other link "
                "instead of moving it."
            )
        self.removed += self._writer.quads(link)
        turned = link.plain.subject == target and source != target
        new = (to, source) if turned else (source, to)
        self.added += self._writer.elsewhere(link, *new)

"""Reads everything that the graph of impact is made of, in bulk.

The engine writes the answers to a few queries as bytes, and terms become numbers without becoming
objects first; while it works on one answer, the last one is numbered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from itertools import islice, repeat

import numpy as np
from pyoxigraph import NamedNode

from orthogramic.graph import EntityGraph, project_columns, turning_of
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.columns import Classifier, EdgeColumns, EntityColumns, standing_of
from orthogramic.graph.connections import connections_of
from orthogramic.metamodel import ClassKind, ImpactProfile, Metamodel, PropertyKind
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.store import Dataset, QuadStore
from orthogramic.syntax.media import ResultFormat
from orthogramic.vocabulary import KR, RDF

#: So many quads are read as objects: a query for fewer costs more than it saves.
_FEW = 100
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)

#: Subject, property, object, named graph and standing of some relationships.
_Block = tuple[Numbers, Numbers, Numbers, int, Numbers]


def read_graph(knowledge: KnowledgeBase, profile: ImpactProfile) -> EntityGraph:
    """Project everything that is asserted, while nobody writes."""
    reading = _Reading(knowledge.store, knowledge.metamodel, profile, knowledge.data_graphs())
    entities = reading.entities(knowledge.catalogue.identities())
    return project_columns(entities, reading.edges(), knowledge.metamodel, profile)


def counted_classes(metamodel: Metamodel) -> frozenset[NamedNode]:
    """Return the classes that an entity may be told to belong to: not those of its parts."""
    return frozenset(
        iri
        for iri, term in metamodel.classes.items()
        if term.kind in (ClassKind.ENTITY, ClassKind.OTHER)
    )


def stated_strength(text: str | None) -> int | None:
    """Return the whole number that a stated strength is, if it is one."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None


@cache
def _query(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


class _Reading:
    """Numbers what one store says."""

    def __init__(
        self,
        store: QuadStore,
        metamodel: Metamodel,
        profile: ImpactProfile,
        graphs: tuple[NamedNode, ...],
    ) -> None:
        self._store = store
        self._metamodel = metamodel
        self._graphs = graphs
        self._turning = turning_of(connections_of(metamodel, profile), metamodel)
        self._numbers: dict[bytes, int] = {}

    # -- entities ------------------------------------------------------------------------------

    def entities(self, identities: list[tuple[str, str, str]]) -> EntityColumns:
        """Number the entities.

        :param identities: IRI, label and class of each, in the order of IRIs.
        """
        iris = [each[0] for each in identities]
        self._numbers = {b"<%b>" % iri.encode(): number for number, iri in enumerate(iris)}
        classifier = Classifier(self._metamodel)
        named = {each[2] for each in identities}
        codes = {iri: classifier.code(frozenset((NamedNode(iri),))) for iri in sorted(named)}
        classes = [each[2] for each in identities]
        classification = np.fromiter(map(codes.__getitem__, classes), np.int32, len(classes))
        for number, others in self._other_classes(classification, codes).items():
            classification[number] = classifier.code(
                frozenset((NamedNode(classes[number]), *others))
            )
        return EntityColumns(
            iris, [each[1] for each in identities], classifier.classifications, classification
        )

    def _other_classes(
        self, classification: Numbers, codes: dict[str, int]
    ) -> dict[int, set[NamedNode]]:
        """Find entities that are told to belong to more than the class that names them."""
        found: dict[int, set[NamedNode]] = defaultdict(set)
        for class_iri in sorted(counted_classes(self._metamodel), key=lambda each: each.value):
            code = codes.get(class_iri.value, -1)
            for graph in self._graphs:
                members = self._members(class_iri, graph)
                members = members[members >= 0]
                for number in members[classification[members] != code].tolist():
                    found[number].add(class_iri)
        return found

    def _members(self, class_iri: NamedNode, graph: NamedNode) -> Numbers:
        few = list(islice(self._store.quads(None, RDF.type, class_iri, graph), _FEW))
        if len(few) < _FEW:
            return self._numbered([_cell(each.subject) for each in few])
        return self._numbered(self._cells("graph_members.rq", graph, {"class": class_iri})[1::2])

    # -- edges ---------------------------------------------------------------------------------

    def edges(self) -> EdgeColumns:
        """Number the relationships between the entities."""
        blocks = [*self._plain(), *self._described()]
        subject, predicate, target, standing = (
            np.concatenate([np.zeros(0, np.int32), *(each[at] for each in blocks)])
            for at in (0, 1, 2, 4)
        )
        sizes = [len(each[0]) for each in blocks]
        graph = np.array([each[3] for each in blocks], np.int32).repeat(sizes)
        names = tuple(each.value for each in self._graphs)
        told = np.flatnonzero((subject >= 0) & (target >= 0) & (predicate >= 0))
        columns = EdgeColumns(subject, predicate, target, graph, standing, names)
        return columns if len(told) == len(subject) else columns.chosen(told)

    def _plain(self) -> Iterator[_Block]:
        """Yield the plain links, by property and graph."""
        many: list[tuple[int, bool, int, NamedNode]] = []
        for term in self._metamodel.properties.values():
            turned = self._turning.get(term.iri.value)
            if turned is None or term.kind is not PropertyKind.RELATIONSHIP:
                continue
            for source, graph in enumerate(self._graphs):
                few = list(islice(self._store.quads(None, term.iri, None, graph), _FEW))
                if len(few) == _FEW:
                    many.append((*turned, source, term.iri))
                elif few:
                    ends = (
                        self._numbered([_cell(each.subject) for each in few]),
                        self._numbered([_cell(each.object) for each in few]),
                    )
                    yield _block(*ends, *turned, source)
        answers = _ahead([partial(self._links, iri, source) for _, _, source, iri in many])
        for (number, flipped, source, _), cells in zip(many, answers, strict=True):
            ends = self._numbered(cells[1::3]), self._numbered(cells[2::3])
            yield _block(*ends, number, flipped, source)

    def _links(self, relationship: NamedNode, source: int) -> list[bytes]:
        graph = self._graphs[source]
        return self._cells("graph_links.rq", graph, {"relationship": relationship})

    def _described(self) -> Iterator[_Block]:
        """Yield what qualified relationships say, by graph."""
        turning = {b"<%b>" % iri.encode(): how for iri, how in self._turning.items()}
        for source, graph in enumerate(self._graphs):
            if next(iter(self._store.quads(None, KR.property, None, graph)), None) is None:
                continue
            cells = self._cells("graph_described_links.rq", graph, {})
            names, codes = _coded(cells[1::4])
            how = [turning.get(each, (-1, False)) for each in names]
            predicate = np.array([number for number, _ in how], np.int32)[codes]
            flipped = np.array([each for _, each in how], np.bool_)[codes]
            stated, at = _coded(cells[3::4])
            standing = np.array([_standing(each) for each in stated], np.int32)[at]
            one, other = self._numbered(cells[::4]), self._numbered(cells[2::4])
            subject, target = np.where(flipped, other, one), np.where(flipped, one, other)
            yield subject, predicate, target, source, standing

    # -- terms ---------------------------------------------------------------------------------

    def _cells(self, name: str, graph: NamedNode, bindings: dict[str, NamedNode]) -> list[bytes]:
        """Return the cells of an answer, row by row, as tab-separated values write them."""
        answer = self._store.query(_query(name), Dataset(default=(graph,)), bindings=bindings)
        with BytesIO() as target:
            answer.write(target, ResultFormat.TSV)
            written = target.getvalue()
        # The first line has the names; within a cell, tabs and line breaks are escaped.
        return written[written.index(b"\n") + 1 :].replace(b"\n", b"\t").split(b"\t")[:-1]

    def _numbered(self, cells: list[bytes]) -> Numbers:
        """Return the numbers of entities; -1 stands for what is none."""
        found = map(self._numbers.get, cells, repeat(-1))
        return np.fromiter(found, np.int32, len(cells))


def _block(one: Numbers, other: Numbers, number: int, flipped: bool, source: int) -> _Block:
    """Return plain links of one property in one graph."""
    subject, target = (other, one) if flipped else (one, other)
    size = len(one)
    predicate, standing = np.full(size, number, np.int32), np.zeros(size, np.int32)
    return subject, predicate, target, source, standing


def _ahead(tasks: Sequence[Callable[[], list[bytes]]]) -> Iterator[list[bytes]]:
    """Yield the results of tasks, working on the next one while the last is used."""
    if not tasks:
        return
    with ThreadPoolExecutor(max_workers=1) as worker:
        waiting = worker.submit(tasks[0])
        for task in tasks[1:]:
            following = worker.submit(task)
            yield waiting.result()
            waiting = following
        yield waiting.result()


def _cell(term: object) -> bytes:
    """Write a term as an answer does; what is no entity in any case is written as nothing."""
    return b"<%b>" % term.value.encode() if isinstance(term, NamedNode) else b""


def _coded(cells: list[bytes]) -> tuple[list[bytes], Numbers]:
    """Return the distinct cells, and by row which of them it has."""
    codes: dict[bytes, int] = {}
    numbers = [codes.setdefault(each, len(codes)) for each in cells]
    return list(codes), np.array(numbers, np.int64)


def _standing(cell: bytes) -> int:
    """Return the standing of an edge of which a qualified relationship states this strength."""
    return standing_of(stated_strength(cell.decode().strip('"') or None))

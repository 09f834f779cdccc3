"""Reads everything that the graph of impact is made of, in bulk.

The engine writes the answers to a few queries as bytes, and terms become numbers without becoming
objects first; while it works on some answers, the ones before are numbered.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from itertools import islice, repeat

import numpy as np
from pyoxigraph import NamedNode, Quad

from orthogramic.graph import EntityGraph, project_columns, turning_of
from orthogramic.graph.arrays import Numbers
from orthogramic.graph.columns import Classifier, EdgeColumns, EntityColumns, standing_of
from orthogramic.graph.connections import connections_of
from orthogramic.metamodel import ClassKind, ImpactProfile, Metamodel, PropertyKind
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.store import Dataset
from orthogramic.syntax.media import ResultFormat
from orthogramic.vocabulary import KR, RDF

#: So many quads are read as objects: a query for fewer costs more than it saves.
_FEW = 100
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)

#: Answers are worked out on so many threads, and taken apart in chunks of so many bytes.
_WORKERS, _CHUNK = 2, 1 << 22

#: The primary that a property stands for, and whether it is turned round; a named graph by number;
#: and the property, or all of its quads.
_Many = tuple[tuple[int, bool], int, NamedNode]
_Few = tuple[tuple[int, bool], int, list[Quad]]
#: Subject, property, object, named graph and standing of some relationships.
_Block = tuple[Numbers, Numbers, Numbers, int, Numbers]


def read_graph(knowledge: KnowledgeBase, profile: ImpactProfile) -> EntityGraph:
    """Project everything that is asserted, while nobody writes."""
    with ThreadPoolExecutor(max_workers=_WORKERS) as workers:
        reading = _Reading(knowledge, profile, workers)
        entities, edges = reading.columns(knowledge.catalogue.identities())
    return project_columns(entities, edges, knowledge.metamodel, profile)


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

    def __init__(self, knowledge: KnowledgeBase, profile: ImpactProfile, workers: Executor) -> None:
        self._store = knowledge.store
        self._metamodel = knowledge.metamodel
        self._graphs = knowledge.data_graphs()
        self._turning = turning_of(connections_of(knowledge.metamodel, profile), self._metamodel)
        self._numbers: dict[bytes, int] = {}
        self._workers = workers

    def columns(self, identities: list[tuple[str, str, str]]) -> tuple[EntityColumns, EdgeColumns]:
        """Number the entities and the relationships between them.

        :param identities: IRI, label and class of each, in the order of IRIs.
        """
        described = [graph for graph in enumerate(self._graphs) if self._describes(graph[1])]
        many, few = self._relationships()
        answers = self._ahead(
            [
                *(partial(self._answer, "graph_described_links.rq", each) for _, each in described),
                *(
                    partial(self._answer, "graph_links.rq", self._graphs[at], relationship=iri)
                    for _, at, iri in many
                ),
            ]
        )
        iris = [each[0] for each in identities]
        self._numbers = {b"<%b>" % iri.encode(): number for number, iri in enumerate(iris)}
        blocks = [self._described(next(answers), source) for source, _ in described]
        for turned, source, _ in many:
            blocks.extend(
                _block(ends[::2], ends[1::2], *turned, source)
                for ends in map(self._numbered, _cells(next(answers)))
            )
        for turned, source, quads in few:
            one = self._numbered([_cell(each.subject) for each in quads])
            other = self._numbered([_cell(each.object) for each in quads])
            blocks.append(_block(one, other, *turned, source))
        return self._entities(identities), self._edges(blocks)

    # -- entities ------------------------------------------------------------------------------

    def _entities(self, identities: list[tuple[str, str, str]]) -> EntityColumns:
        classifier = Classifier(self._metamodel)
        classes = [each[2] for each in identities]
        codes = {iri: classifier.code(frozenset((NamedNode(iri),))) for iri in sorted(set(classes))}
        classification = np.fromiter(map(codes.__getitem__, classes), np.int32, len(classes))
        for number, others in self._other_classes(classification, codes).items():
            classification[number] = classifier.code(
                frozenset((NamedNode(classes[number]), *others))
            )
        return EntityColumns(
            [each[0] for each in identities],
            [each[1] for each in identities],
            classifier.classifications,
            classification,
        )

    def _other_classes(
        self, classification: Numbers, codes: dict[str, int]
    ) -> dict[int, set[NamedNode]]:
        """Find entities that are told to belong to more than the class that names them."""
        found: dict[int, set[NamedNode]] = defaultdict(set)
        wanted = [
            (class_iri, graph)
            for class_iri in sorted(counted_classes(self._metamodel), key=lambda each: each.value)
            for graph in self._graphs
        ]
        heads = [self._first(RDF.type, each, graph) for each, graph in wanted]
        answers = self._ahead(
            [
                partial(self._answer, "graph_members.rq", graph, **{"class": class_iri})
                for (class_iri, graph), head in zip(wanted, heads, strict=True)
                if len(head) == _FEW
            ]
        )
        for (class_iri, _), head in zip(wanted, heads, strict=True):
            cells = (
                _cells(next(answers))
                if len(head) == _FEW
                else iter([[_cell(each.subject) for each in head]])
            )
            code = codes.get(class_iri.value, -1)
            for members in map(self._numbered, cells):
                told = members[members >= 0]
                for number in told[classification[told] != code].tolist():
                    found[number].add(class_iri)
        return found

    # -- edges ---------------------------------------------------------------------------------

    def _edges(self, blocks: Sequence[_Block]) -> EdgeColumns:
        """Put relationships together, those left out that do not join two entities."""
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

    def _relationships(self) -> tuple[list[_Many], list[_Few]]:
        """Return the properties that say plain links, by graph: of many and of few links."""
        many: list[_Many] = []
        few: list[_Few] = []
        for term in self._metamodel.properties.values():
            turned = self._turning.get(term.iri.value)
            if turned is None or term.kind is not PropertyKind.RELATIONSHIP:
                continue
            for source, graph in enumerate(self._graphs):
                head = self._first(term.iri, None, graph)
                if len(head) == _FEW:
                    many.append((turned, source, term.iri))
                elif head:
                    few.append((turned, source, head))
        return many, few

    def _describes(self, graph: NamedNode) -> bool:
        """Tell whether a graph has a qualified relationship."""
        return next(iter(self._store.quads(None, KR.property, None, graph)), None) is not None

    def _described(self, answer: bytes, source: int) -> _Block:
        """Number what the qualified relationships of one graph say."""
        turning = {b"<%b>" % iri.encode(): how for iri, how in self._turning.items()}
        cells = [cell for chunk in _cells(answer) for cell in chunk]
        names, codes = _coded(cells[1::4])
        how = [turning.get(each, (-1, False)) for each in names]
        predicate = np.array([number for number, _ in how], np.int32)[codes]
        flipped = np.array([each for _, each in how], np.bool_)[codes]
        stated, at = _coded(cells[3::4])
        standing = np.array([_standing(each) for each in stated], np.int32)[at]
        one, other = self._numbered(cells[::4]), self._numbered(cells[2::4])
        subject, target = np.where(flipped, other, one), np.where(flipped, one, other)
        return subject, predicate, target, source, standing

    # -- terms ---------------------------------------------------------------------------------

    def _first(self, predicate: NamedNode, value: NamedNode | None, graph: NamedNode) -> list[Quad]:
        """Return as many quads as are read as objects; fewer if there are no more."""
        return list(islice(self._store.quads(None, predicate, value, graph), _FEW))

    def _answer(self, name: str, graph: NamedNode, **names: NamedNode) -> bytes:
        """Return the rows of an answer as tab-separated values.

        :param names: IRIs that the query calls by a prefix.
        """
        prefixes = {name: each.value for name, each in names.items()}
        answer = self._store.query(_query(name), Dataset(default=(graph,)), prefixes=prefixes)
        with BytesIO() as target:
            answer.write(target, ResultFormat.TSV)
            return target.getvalue()

    def _ahead(self, tasks: Sequence[Callable[[], bytes]]) -> Iterator[bytes]:
        """Yield the results of tasks in order, working on the next ones while one is used.

        Work begins at once, not with the first result.
        """
        coming = iter(tasks)
        waiting = deque(self._workers.submit(each) for each in islice(coming, _WORKERS + 1))

        def results() -> Iterator[bytes]:
            while waiting:
                result = waiting.popleft().result()
                waiting.extend(self._workers.submit(each) for each in islice(coming, 1))
                yield result

        return results()

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


def _cells(answer: bytes) -> Iterator[list[bytes]]:
    """Yield the cells of an answer, row by row, in chunks of whole rows."""
    # The first line has the names; within a cell, tabs and line breaks are escaped.
    begin = answer.index(b"\n") + 1
    while begin < len(answer):
        end = answer.find(b"\n", begin + _CHUNK) + 1 or len(answer)
        yield answer[begin:end].replace(b"\n", b"\t").split(b"\t")[:-1]
        begin = end


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

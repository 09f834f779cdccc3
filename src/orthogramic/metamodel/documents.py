"""The triples of a bundle's documents, indexed, with the place where each subject stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.errors import EmptyInputError, Fault, RdfSyntaxError
from orthogramic.syntax import PositionIndex, RdfSyntax, read_document
from orthogramic.vocabulary import RDF

Subject = NamedNode | BlankNode
Object = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Document:
    """One text file of a bundle; ``source`` is its path as a person knows it."""

    source: str
    text: str


class DocumentIndex:
    """Triples of many Turtle documents, by subject and predicate.

    Reading collects faults instead of stopping at the first; positions are found only when a
    fault asks for one, since a sound bundle needs none.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.faults: list[Fault] = []
        self.prefixes: dict[str, str] = {}
        self.triples: list[Triple] = []
        self._documents: list[Document] = []
        self._home: dict[Subject, int] = {}
        self._by_subject: dict[Subject, dict[NamedNode, list[Object]]] = {}
        self._by_type: dict[Object, list[Subject]] = defaultdict(list)
        self._positions: dict[int, PositionIndex] = {}
        self.add(documents)

    def add(self, documents: Iterable[Document]) -> None:
        """Read further documents into the index."""
        for document in documents:
            self._read(document)

    def _read(self, document: Document) -> None:
        number = len(self._documents)
        self._documents.append(document)
        try:
            content = read_document(
                document.text.encode(),
                RdfSyntax.TURTLE,
                source=document.source,
                rename_blank_nodes=True,
            )
        except (RdfSyntaxError, EmptyInputError) as error:
            line = getattr(error, "line", None) or 1
            self.faults.append(Fault(document.source, line, error.detail))
            return
        for prefix, namespace in content.prefixes.items():
            if self.prefixes.setdefault(prefix, namespace) != namespace:
                self.faults.append(
                    Fault(
                        document.source,
                        1,
                        f"prefix {prefix}: means <{namespace}> here and "
                        f"<{self.prefixes[prefix]}> elsewhere",
                    )
                )
        self._add(number, [each.triple for each in content.quads])

    def _add(self, number: int, triples: Iterable[Triple]) -> None:
        last: Subject | None = None
        described: dict[NamedNode, list[Object]] = {}
        for triple in triples:
            # Every look at a part of a triple makes a new object, so each is taken out once.
            subject, predicate, value = triple
            if isinstance(subject, Triple):
                continue
            self.triples.append(triple)
            # Statements about one thing mostly stand together: a look is cheaper than a search.
            if subject != last:
                last, described = subject, self._described(number, subject)
            values = described.get(predicate)
            if values is None:
                described[predicate] = [value]
            else:
                values.append(value)
            if predicate == RDF.type:
                self._by_type[value].append(subject)

    def _described(self, number: int, subject: Subject) -> dict[NamedNode, list[Object]]:
        described = self._by_subject.get(subject)
        if described is None:
            described = self._by_subject[subject] = {}
            self._home[subject] = number
        return described

    # -- asking ----------------------------------------------------------------------------

    def instances(self, class_iri: NamedNode) -> list[Subject]:
        """Return the subjects stated to be of the class, in document order, without repeats."""
        return list(dict.fromkeys(self._by_type.get(class_iri, ())))

    def named_instances(self, class_iri: NamedNode) -> list[NamedNode]:
        """Return the named subjects stated to be of the class."""
        return [each for each in self.instances(class_iri) if isinstance(each, NamedNode)]

    def is_a(self, subject: Subject, class_iri: NamedNode) -> bool:
        """Tell whether the subject is stated to be of the class."""
        return class_iri in self.objects(subject, RDF.type)

    def predicates(self, subject: Subject) -> Iterable[NamedNode]:
        """Return the predicates that the subject has."""
        return self._by_subject.get(subject, {}).keys()

    def objects(self, subject: Subject, predicate: NamedNode) -> list[Object]:
        """Return the objects of the subject under the predicate, in document order."""
        return self._by_subject.get(subject, {}).get(predicate, [])

    def nodes(self, subject: Subject, predicate: NamedNode) -> list[NamedNode]:
        """Return only the named nodes among the objects."""
        return [each for each in self.objects(subject, predicate) if isinstance(each, NamedNode)]

    def node(self, subject: Subject, predicate: NamedNode) -> NamedNode | None:
        """Return the first named node among the objects, if any."""
        return next(iter(self.nodes(subject, predicate)), None)

    def text(self, subject: Subject, predicate: NamedNode) -> str | None:
        """Return the lexical form of the first literal among the objects, if any.

        English or untagged text goes before other languages.
        """
        literals = [each for each in self.objects(subject, predicate) if isinstance(each, Literal)]
        if len(literals) > 1:
            literals.sort(key=lambda each: each.language not in (None, "en"))
        return literals[0].value if literals else None

    def members(self, head: Object) -> list[Object]:
        """Return the members of an RDF list; a broken list gives what can be reached."""
        found: list[Object] = []
        seen: set[Object] = set()
        while isinstance(head, NamedNode | BlankNode) and head != RDF.nil and head not in seen:
            seen.add(head)
            found.extend(self.objects(head, RDF.first))
            rest = self.objects(head, RDF.rest)
            if not rest:
                break
            head = rest[0]
        return found

    def closure(self, start: NamedNode, predicate: NamedNode) -> Iterator[NamedNode]:
        """Yield what the start reaches over the predicate, nearest first, without the start."""
        seen = {start}
        queue = [start]
        while queue:
            for each in self.nodes(queue.pop(0), predicate):
                if each not in seen:
                    seen.add(each)
                    queue.append(each)
                    yield each

    # -- faults ----------------------------------------------------------------------------

    def fault(self, subject: Subject, message: str, predicate: NamedNode | None = None) -> None:
        """Record a fault of the subject, at its line or at the line of its predicate."""
        number = self._home.get(subject, 0)
        source = self._documents[number].source if self._documents else "bundle"
        self.faults.append(Fault(source, self._line(number, subject, predicate), message))

    def _line(self, number: int, subject: Subject, predicate: NamedNode | None) -> int:
        if not self._documents or not isinstance(subject, NamedNode):
            return 1
        if number not in self._positions:
            self._positions[number] = PositionIndex.of(self._documents[number].text)
        positions = self._positions[number]
        line = positions.statement(subject, predicate) if predicate else None
        return line or positions.subject(subject) or 1

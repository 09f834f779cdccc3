"""What is written about one element: names, running text and properties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from orthogramic.exchange.archimate.choices import ElementChoice
from orthogramic.exchange.archimate.model import Model
from orthogramic.exchange.archimate.notation import FORMAT
from orthogramic.exchange.archimate.properties import (
    CLASS,
    CLASS_IRI,
    IRI,
    KEY,
    SPECIALIZATION,
    Definitions,
    PropertyValue,
    text_of,
)
from orthogramic.exchange.archimate.statements import Node, Statement, address
from orthogramic.metamodel import ClassTerm
from orthogramic.syntax import local_name
from orthogramic.vocabulary import DCTERMS, KR, RDF, RDFS

#: A text with its language.
Text = tuple[str, str | None]
#: The way from an element to one of its parts.
Path = tuple[tuple[NamedNode, int], ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What is written about one element or relationship."""

    names: Sequence[Text]
    running_text: Sequence[Text]
    properties: Sequence[PropertyValue]


class Describer:
    """Describes elements and the facts of relationships in the words of the bundle."""

    def __init__(self, model: Model, definitions: Definitions) -> None:
        self._model = model
        self._definitions = definitions
        metamodel = model.metamodel
        self._naming = metamodel.label_properties() | {RDFS.label}
        mapping = metamodel.mappings.get(FORMAT)
        self._running_text = (mapping.running_text if mapping else frozenset()) | {
            DCTERMS.description
        }
        self._ranks: dict[ClassTerm, dict[NamedNode, int]] = {}

    def element(self, node: Node, choice: ElementChoice) -> Description:
        """Describe an element with its parts."""
        term = self._model.class_of(node)
        stated = self._in_order(node, term)
        names = _one_for_each_language(each for each in stated if each[0] in self._naming)
        key = term.business_key if term else None
        keys = [each for each in stated if each[0] == key]
        told = {*names.values(), *keys[:1]}
        return Description(
            names=[text_of(value) for _, value in names.values()] or [(self._stand_in(node), None)],
            running_text=self.running_text(stated),
            properties=[
                *self._own(node, choice, term, keys),
                *self._values([each for each in stated if each not in told], ()),
                *self._of_parts(node, (), {node}),
            ],
        )

    def _stand_in(self, node: Node) -> str:
        """Return what to call an element without a name: its key, or the end of its address."""
        term = self._model.class_of(node)
        key = term.business_key if term else None
        keys = (
            text_of(value)[0] for stated, value in self._model.statements.of(node) if stated == key
        )
        said = sorted(each for each in keys if each.strip())
        return said[0] if said else local_name(address(node))

    def _own(
        self,
        node: Node,
        choice: ElementChoice,
        term: ClassTerm | None,
        keys: Sequence[Statement],
    ) -> Iterator[PropertyValue]:
        use = self._definitions.use
        if choice.specialization:
            yield PropertyValue(use(SPECIALIZATION), choice.specialization)
        if term is not None:
            yield PropertyValue(use(CLASS), term.label)
        for _, value in keys[:1]:
            yield PropertyValue(use(KEY), text_of(value)[0])
        yield PropertyValue(use(IRI), address(node))
        for each in self._model.statements.classes(node):
            yield PropertyValue(use(CLASS_IRI), each.value)

    def _in_order(self, node: Node, term: ClassTerm | None) -> list[Statement]:
        """Return what is said of a node as its pages show it, and equal ones by their text."""
        ranks = self._ranks.get(term) if term else {}
        if ranks is None and term is not None:
            shapes = self._model.metamodel.shapes_of(term.iri)
            paths = dict.fromkeys(each.path for each in shapes if each.path is not None)
            ranks = self._ranks[term] = {path: rank for rank, path in enumerate(paths)}
        places = ranks or {}

        def place(each: Statement) -> tuple[int, str, str, str]:
            text, language = text_of(each[1])
            return places.get(each[0], len(places)), each[0].value, text, language or ""

        return sorted(self._model.statements.of(node), key=place)

    def running_text(self, stated: Sequence[Statement]) -> list[Text]:
        """Return the running text: one for each language, several in one joined."""
        found: dict[str | None, list[str]] = {}
        for predicate, value in stated:
            text, language = text_of(value)
            if predicate in self._running_text and text.strip():
                found.setdefault(language, []).append(text)
        joined = [("\n\n".join(dict.fromkeys(texts)), each) for each, texts in found.items()]
        return sorted(joined, key=lambda each: _preferred(each[1]))

    # -- properties --------------------------------------------------------------------------

    def values(self, stated: Sequence[Statement]) -> list[PropertyValue]:
        """Return the attributes among some statements."""
        return list(self._values(stated, ()))

    def _values(self, stated: Sequence[Statement], path: Path) -> Iterator[PropertyValue]:
        for predicate, value in stated:
            if predicate == RDF.type or (predicate in self._running_text and not path):
                continue
            if self._model.is_part(predicate, value) or (path and predicate == KR.position):
                continue
            if self._model.is_link(predicate, value):
                if not path:
                    continue
                text, language = self._name(value), None
            else:
                text, language = text_of(value)
            definition = self._definitions.attribute(predicate, path)
            yield PropertyValue(definition, text, language)

    def _name(self, value: object) -> str:
        assert isinstance(value, NamedNode | BlankNode)
        stated = self._model.statements.of(value)
        names = _one_for_each_language(each for each in stated if each[0] in self._naming)
        return next((text_of(each)[0] for _, each in names.values()), self._stand_in(value))

    def _of_parts(self, node: Node, path: Path, seen: set[Node]) -> Iterator[PropertyValue]:
        """Yield the attributes of the parts of a node, at every depth."""
        for containment, parts in self._model.parts(node):
            for rank, part in enumerate(parts, start=1):
                if part in seen:
                    continue
                way = (*path, (containment, rank))
                term = self._model.class_of(part)
                yield from self._values(self._in_order(part, term), way)
                yield from self._of_parts(part, way, seen | {part})


def _one_for_each_language(stated: Iterator[Statement]) -> dict[str | None, Statement]:
    """Choose one text for each language, untagged text and English first."""
    found: dict[str | None, Statement] = {}
    for each in sorted(stated, key=lambda each: text_of(each[1])[0]):
        if isinstance(each[1], Literal) and each[1].value.strip():
            found.setdefault(each[1].language, each)
    return dict(sorted(found.items(), key=lambda each: _preferred(each[0])))


def _preferred(language: str | None) -> tuple[bool, bool, str]:
    return language is not None, language != "en", language or ""

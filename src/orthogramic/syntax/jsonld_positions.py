"""Find where in a JSON-LD document a statement stands, as JSON Pointer and line.

The parser of the house says nothing about places, so this module reads the document once more. It
understands contexts that stand in the document (terms, prefixes, ``@vocab``, ``@base``, aliases
of keywords; JSON-LD 1.1, section 4.1).  Where it does not follow, it finds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from pyoxigraph import Literal, NamedNode

from orthogramic.syntax.json_text import JsonValue, read_json_text
from orthogramic.vocabulary import RDF

_CONTAINERS = ("@graph", "@included", "@list", "@set")
_NESTED_MOST = 50


@dataclass(frozen=True, slots=True)
class JsonPosition:
    """Where a value stands: JSON Pointer (RFC 6901), and line from 1."""

    pointer: str
    line: int


@dataclass(frozen=True, slots=True)
class _Context:
    """What short names stand for at some place of the document."""

    terms: Mapping[str, str | None]
    vocabulary: str | None
    base: str

    def extended(self, context: JsonValue) -> _Context:
        """Return the context that holds below a ``@context``."""
        if context.is_array:
            found = self
            for each in context.items:
                found = found.extended(each)
            return found
        terms = {
            name: _definition(value)
            for name, value in context.members.items()
            if not name.startswith("@")
        }
        vocabulary, base = (context.members.get(each) for each in ("@vocab", "@base"))
        return replace(
            self,
            terms={**self.terms, **terms},
            vocabulary=vocabulary.text if vocabulary else self.vocabulary,
            base=urljoin(self.base, base.text) if base and base.text else self.base,
        )

    def key(self, name: str, depth: int = 0) -> str | None:
        """Return the keyword or IRI that a key or type stands for."""
        if name.startswith("@") or depth > _NESTED_MOST:
            return name
        if name in self.terms:
            meant = self.terms[name]
            if meant == name or meant is None:
                return None
            return self.key(meant, depth + 1) if meant else self._absolute(name)
        return self._absolute(name)

    def _absolute(self, name: str) -> str | None:
        prefix, colon, rest = name.partition(":")
        if not colon:
            return self.vocabulary + name if self.vocabulary else None
        return self._expanded(prefix, rest) or name

    def _expanded(self, prefix: str, rest: str) -> str | None:
        if rest.startswith("//") or not self.terms.get(prefix):
            return None
        namespace = self.key(prefix)
        return namespace + rest if namespace else None

    def reference(self, text: str) -> str:
        """Return the IRI that an ``@id`` stands for."""
        prefix, colon, rest = text.partition(":")
        if colon:
            return self._expanded(prefix, rest) or text
        return urljoin(self.base, text)


def _definition(value: JsonValue) -> str | None:
    """Return what a term stands for: empty for its own name under prefix or vocabulary."""
    if value.members:
        meant = value.members.get("@id")
        return meant.text if meant is not None else ""
    return value.text if value.is_string else None


class JsonPositions:
    """The places of one JSON-LD document.

    :param text: the document.
    :param base_iri: resolves relative IRIs until the document states a base of its own.
    """

    def __init__(self, text: str, base_iri: str | None = None) -> None:
        self._subjects: dict[str, JsonPosition] = {}
        self._statements: dict[tuple[str, str], JsonPosition] = {}
        self._values: dict[tuple[str, str, str], JsonPosition] = {}
        document = read_json_text(text)
        if document is not None:
            self._walk(document, "", _Context({}, None, base_iri or ""))

    def exact(
        self,
        subject: NamedNode,
        predicate: NamedNode | None = None,
        term: NamedNode | Literal | None = None,
    ) -> JsonPosition | None:
        """Return the place of a statement's value, of a property, or of a subject.

        :param subject: the subject.
        :param predicate: the predicate, if it is not the subject that is wanted.
        :param term: the object, if it is not the property that is wanted.
        """
        if predicate is None:
            return self._subjects.get(subject.value)
        if term is None:
            return self._statements.get((subject.value, predicate.value))
        return self._values.get((subject.value, predicate.value, term.value))

    def _walk(self, node: JsonValue, pointer: str, context: _Context) -> None:
        for number, item in enumerate(node.items):
            self._walk(item, f"{pointer}/{number}", context)
        if not node.members:
            return
        if "@context" in node.members:
            context = context.extended(node.members["@context"])
        keys = {name: context.key(name) for name in node.members if name != "@context"}
        subject = self._subject(node, keys, context)
        if subject and len(keys) > 1:
            self._subjects.setdefault(subject, JsonPosition(pointer, node.line))
        for name, meaning in keys.items():
            below = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            value = node.members[name]
            if meaning == "@type":
                meaning = RDF.type.value  # noqa: PLW2901 - the property that the keyword is
            elif meaning in _CONTAINERS:
                self._walk(value, below, context)
                continue
            if meaning and not meaning.startswith("@"):
                self._statement(subject, meaning, value, below, context)

    def _subject(
        self, node: JsonValue, keys: Mapping[str, str | None], context: _Context
    ) -> str | None:
        for name, meaning in keys.items():
            text = node.members[name].text
            if meaning == "@id" and text is not None:
                return context.reference(text)
        return None

    def _statement(
        self, subject: str | None, predicate: str, value: JsonValue, pointer: str, context: _Context
    ) -> None:
        """Note where the values of a property stand, and go on into them."""
        if subject:
            self._statements.setdefault((subject, predicate), JsonPosition(pointer, value.line))
        items = value.items or (value,)
        for number, item in enumerate(items):
            place = f"{pointer}/{number}" if value.is_array else pointer
            if subject:
                for spelling in _spellings(item, predicate, context):
                    key = (subject, predicate, spelling)
                    self._values.setdefault(key, JsonPosition(place, item.line))
            self._walk(item, place, context)


def _spellings(value: JsonValue, predicate: str, context: _Context) -> list[str]:
    """Return the lexical forms or IRIs that a value may stand for."""
    text = value.text
    for name, member in value.members.items():
        meaning = context.key(name)
        if meaning == "@value" and member.text is not None:
            return [member.text]
        if meaning == "@id" and member.text is not None:
            return [context.reference(member.text)]
    if text is None:
        return []
    if predicate == RDF.type.value:
        return [context.key(text) or text]
    return [text, context.reference(text)] if value.is_string else [text]

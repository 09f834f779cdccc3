"""Other spellings of a literal that say the same in the way that a shape asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.syntax import LiteralCanonicalizer
from orthogramic.validation.compiled.literal_values import LiteralValues, is_text
from orthogramic.validation.graph_index import Node
from orthogramic.validation.near_names import bare, within_one_edit
from orthogramic.vocabulary import RDF, XSD

_INTEGRAL = re.compile(r"([+-]?\d+)\.0+", re.ASCII)
_TRUTH = frozenset({"true", "false"})
_DATE = r"(?!0000)\d{4}-\d\d-\d\d"
_ZONE = r"(Z|[+-]\d\d:\d\d)?"
#: How XML Schema spells values; whoever evaluates shapes may be more lenient.
_SPELLINGS: Mapping[NamedNode, re.Pattern[str]] = MappingProxyType(
    {
        XSD.integer: re.compile(r"[+-]?\d+", re.ASCII),
        XSD.decimal: re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII),
        XSD.double: re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII),
        XSD.date: re.compile(_DATE + _ZONE, re.ASCII),
        XSD.dateTime: re.compile(_DATE + r"T\d\d:\d\d:\d\d(\.\d+)?" + _ZONE, re.ASCII),
        XSD.anyURI: re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", re.ASCII),
    }
)
#: Shorter words are too like each other for one letter to be a slip.
_LONG_ENOUGH = 4


class LiteralVariants:
    """Finds for a literal the one that its writer certainly meant, if there is one."""

    def __init__(self) -> None:
        self._values = LiteralValues()
        self._canonicalizer = LiteralCanonicalizer()

    def canonical(self, literal: Literal) -> Literal:
        """Return a literal as it is stored."""
        return self._canonicalizer.canonical(literal)

    def of_datatype(
        self, literal: Literal, datatype: NamedNode, languages: list[str]
    ) -> Iterator[Literal]:
        """Yield literals of a datatype that say the same.

        :param literal: a literal of another datatype, or an ill-formed one.
        :param datatype: the datatype that is asked for.
        :param languages: the languages that are allowed, if that is limited.
        """
        if datatype == RDF.langString:
            if literal.datatype == XSD.string:
                yield from self.in_language(literal, languages)
            return
        if literal.language is not None and datatype != XSD.string:
            return
        for text in self._texts(literal, datatype):
            candidate = Literal(text, datatype=datatype)
            if candidate != literal and self._is_well_formed(candidate):
                yield self.canonical(candidate)
                return

    def _is_well_formed(self, literal: Literal) -> bool:
        spelling = _SPELLINGS.get(literal.datatype)
        if spelling is not None and not spelling.fullmatch(literal.value):
            return False
        return self._values.has_datatype(literal, literal.datatype)

    def _texts(self, literal: Literal, datatype: NamedNode) -> list[str]:
        text = literal.value
        if datatype == XSD.boolean:
            word = text.strip().lower()
            return [word] if word in _TRUTH else []
        integral = _INTEGRAL.fullmatch(text.strip())
        if datatype == XSD.integer and integral and not is_text(literal):
            return [integral[1]]
        return [text, text.strip()]

    def in_language(self, literal: Literal, languages: list[str]) -> Iterator[Literal]:
        """Yield an untagged text with the only language that is allowed."""
        if literal.datatype == XSD.string and len(languages) == 1:
            yield Literal(literal.value, language=languages[0].lower())

    def stripped(self, literal: Literal) -> Iterator[Literal]:
        """Yield a literal without the spaces around it."""
        text = literal.value.strip()
        if text and text != literal.value:
            if literal.language is not None:
                yield Literal(text, language=literal.language)
            else:
                yield Literal(text, datatype=literal.datatype)

    def listed(self, literal: Literal, members: list[Node]) -> Iterator[Literal]:
        """Yield the only member of a closed list that a literal can mean."""
        texts = [each for each in members if isinstance(each, Literal)]
        spelling = bare(literal.value)
        for likes in (
            [each for each in texts if each.value == literal.value],
            [each for each in texts if spelling and bare(each.value) == spelling],
            [each for each in texts if _is_slip(spelling, bare(each.value))],
        ):
            if len(likes) == 1:
                yield likes[0]
            if likes:
                return

    def core(self, literal: Literal) -> tuple[str, str]:
        """Return what makes two literals say the same: value and kind, whatever the tag."""
        if is_text(literal):
            return literal.value.strip(), XSD.string.value
        stored = self.canonical(Literal(literal.value.strip(), datatype=literal.datatype))
        return stored.value, stored.datatype.value

    def best(self, literals: list[Literal], datatype: Node | None) -> Literal:
        """Return that of several literals which say the same that is written best."""

        def fault(literal: Literal) -> tuple[bool, bool, str]:
            fits = not isinstance(datatype, NamedNode) or self._values.has_datatype(
                literal, datatype
            )
            clean = self.canonical(literal) == literal and literal.value == literal.value.strip()
            return not fits, not clean, str(literal)

        return min(literals, key=fault)


def _is_slip(left: str, right: str) -> bool:
    return min(len(left), len(right)) >= _LONG_ENOUGH and within_one_edit(left, right)

"""How to mend a value that is not what a constraint asks for: one sentence for each result."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.compiled.literal_values import LiteralValues
from orthogramic.validation.datatypes import asked_for, example_of, in_turtle, kind_of, why_not
from orthogramic.validation.findings import Finding
from orthogramic.validation.found import FoundWords
from orthogramic.validation.graph_index import GraphIndex
from orthogramic.validation.near_names import near
from orthogramic.validation.patterns import text_form
from orthogramic.validation.wording import either, kind, times
from orthogramic.vocabulary import RDF, SKOS, XSD

_SHORT = 12


class ValueAdvice:
    """Says how the value of a result is to be written.

    :param shapes: the shapes graph.
    :param found: what stands in the data.
    """

    def __init__(self, shapes: GraphIndex, found: FoundWords) -> None:
        self._shapes = shapes
        self._found = found
        self._words = found.words
        self._values = LiteralValues()

    def of(self, finding: Finding, name: str) -> str:
        """Return a sentence, or the empty string where the message has to do.

        :param finding: one result.
        :param name: what people call its path.
        """
        advise = _ADVICE.get(kind(finding.component))
        return advise(self, finding, name) if advise else ""

    def convert(self, finding: Finding, _name: str) -> str:
        """Say how a value of the right type is written."""
        asked = self._words.parameter(finding.source_shape, "datatype")
        if not isinstance(asked, NamedNode):
            return ""
        if not isinstance(finding.value, Literal):
            return f"Write {asked_for(asked)} instead of a reference."
        return self._converted(finding.value, asked)

    def _converted(self, value: Literal, asked: NamedNode) -> str:
        if value.language is not None:
            return f"Leave out the language tag “{value.language}”."
        if asked == RDF.langString:
            return "Say the language of the text with a tag such as en."
        if value.datatype == asked:
            return f"Correct it: {why_not(value)}."
        if asked == XSD.dateTime and value.datatype == XSD.date:
            return f"Add the time of day, such as {example_of(asked)}."
        if self._values.has_datatype(Literal(value.value, datatype=asked), asked):
            return f"Write it as {kind_of(asked)}, in Turtle {in_turtle(value.value, asked)}."
        return f"Write {asked_for(asked)}."

    def choose(self, finding: Finding, _name: str) -> str:
        """Say which member of a closed list was probably meant."""
        members = self._words.members(finding.source_shape, "in")
        names = {
            each.value if isinstance(each, Literal) else self._found.labels.of(each)
            for each in members
        }
        value = finding.value
        if value is None:
            return ""
        text = value.value if isinstance(value, Literal) else self._found.labels.of(value)
        if text in names:
            return f"Write “{text}” in the way that the list has it."
        meant = near(text, names)
        if meant:
            return f"Did you mean {either(f'“{each}”' for each in meant)}?"
        return f"Choose one of the {len(names)} values of the list."

    def spell(self, finding: Finding, _name: str) -> str:
        """Say how a text of the right form is written."""
        pattern = self._words.parameter(finding.source_shape, "pattern")
        value = finding.value
        if not isinstance(pattern, Literal) or value is None:
            return ""
        text = value.value
        for variant in (text.strip(), text.upper(), text.lower(), text.title()):
            if variant != text and _fits(variant, pattern.value):
                return f"Did you mean “{variant}”?"
        example = self._shapes.text(finding.source_shape, SKOS.example)
        such = f", such as “{example}”" if example else ""
        return f"Write {text_form(pattern.value)}{such}."

    def lengthen(self, finding: Finding, _name: str) -> str:
        """Say how much is missing."""
        least = self._words.said(finding.source_shape, "minLength")
        if isinstance(finding.value, Literal) and not finding.value.value.strip():
            return "Write the text, or remove the empty one."
        return f"Write {times(least, 'character')} or more."

    def shorten(self, finding: Finding, _name: str) -> str:
        """Say how much is too much."""
        most, value = self._words.said(finding.source_shape, "maxLength"), finding.value
        if not most.isdecimal() or value is None:
            return ""
        return f"Shorten it by {times(len(value.value) - int(most), 'character')}."

    def compare(self, finding: Finding, name: str) -> str:
        """Say which of two values to look at."""
        for parameter in ("lessThan", "lessThanOrEquals"):
            other = self._words.parameter(finding.source_shape, parameter)
            if isinstance(other, NamedNode):
                return f"Correct “{name}” or “{self._found.labels.of(other)}”."
        return ""

    def bound(self, finding: Finding, _name: str) -> str:
        """Say where the values begin or end."""
        component = kind(finding.component)
        limit = self._words.said(finding.source_shape, component[0].lower() + component[1:])
        return f"Write {_BOUNDS[component]} {limit}."

    def tag(self, finding: Finding, _name: str) -> str:
        """Say which language tags there may be."""
        tags = [each.value for each in self._words.members(finding.source_shape, "languageIn")]
        return f"Tag the text with one of: {', '.join(tags)}."


def _fits(text: str, pattern: str) -> bool:
    """Tell whether a short text fits a pattern; patterns of another dialect fit nothing."""
    try:
        return len(text) <= _SHORT and re.search(pattern, text) is not None
    except re.error:
        return False


_BOUNDS = MappingProxyType(
    {
        "MinInclusive": "at least",
        "MinExclusive": "more than",
        "MaxInclusive": "at most",
        "MaxExclusive": "less than",
    }
)
_ADVICE: Mapping[str, Callable[[ValueAdvice, Finding, str], str]] = MappingProxyType(
    {
        "Datatype": ValueAdvice.convert,
        "In": ValueAdvice.choose,
        "Pattern": ValueAdvice.spell,
        "MinLength": ValueAdvice.lengthen,
        "MaxLength": ValueAdvice.shorten,
        "LessThan": ValueAdvice.compare,
        "LessThanOrEquals": ValueAdvice.compare,
        "MinInclusive": ValueAdvice.bound,
        "MinExclusive": ValueAdvice.bound,
        "MaxInclusive": ValueAdvice.bound,
        "MaxExclusive": ValueAdvice.bound,
        "LanguageIn": ValueAdvice.tag,
    }
)

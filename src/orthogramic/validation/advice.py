"""How to mend what a constraint found: one sentence for each result, made from the shapes.

It adds to the message of the shape's author what only the data can tell: which name was probably
meant, what stands in the way, how a value is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import chain
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.compiled.literal_values import LiteralValues
from orthogramic.validation.datatypes import asked_for, example_of, in_turtle, kind_of, why_not
from orthogramic.validation.findings import Finding
from orthogramic.validation.found import FoundWords
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.near_names import NameIndex, near
from orthogramic.validation.paths import PathKind
from orthogramic.validation.patterns import text_form
from orthogramic.validation.wording import either, kind, listed, times
from orthogramic.vocabulary import KR, RDF, SH, SKOS, XSD

#: Among more instances of a class nobody looks for near names.
_MOST_INSTANCES = 20_000
_SHORT = 12


class Advice:
    """Says how to mend results.

    :param shapes: the shapes graph.
    :param found: what stands in the data.
    """

    def __init__(self, shapes: GraphIndex, found: FoundWords) -> None:
        self._shapes = shapes
        self._found = found
        self._words = found.words
        self._values = LiteralValues()
        self._names: dict[NamedNode, NameIndex] = {}
        self._fixed: dict[tuple[NamedNode, Node], str] = {}

    def of(self, finding: Finding, path_label: str | None) -> str:
        """Return a sentence, or the empty string where the message has to do.

        :param finding: one result.
        :param path_label: what people call its path.
        """
        advise = _ADVICE.get(kind(finding.component))
        return advise(self, finding, path_label or "the value") if advise else ""

    # -- how many ------------------------------------------------------------------------------

    def add(self, finding: Finding, name: str) -> str:
        """Say what to add, and how it is written in a document."""
        key = (finding.component, finding.source_shape)
        if key not in self._fixed:
            self._fixed[key] = self._addition(finding, name)
        return self._fixed[key]

    def _addition(self, finding: Finding, name: str) -> str:
        shape = finding.source_shape
        key = self._shapes.text(shape, KR.jsonKey)
        if key is None:
            return self._statement(finding, name)
        about = self._shapes.text(shape, SH.description)
        means = f" ({about[:1].lower()}{about[1:].rstrip('.')})" if about else ""
        return f"Add “{name}”{means}, in a JSON document as {key}: {self._example(shape)}."

    def _statement(self, finding: Finding, name: str) -> str:
        """Say which statement is missing, and in which direction it goes."""
        nested = self._words.parameter(finding.source_shape, "qualifiedValueShape")
        classes = self._words.classes(finding.source_shape if nested is None else nested)
        path = finding.path
        if not classes and path is not None:
            classes = self._found.surroundings.ranges(path) if isinstance(path, NamedNode) else []
        ends = f" with {either(map(self._kind, classes))}" if classes else ""
        if path is None:
            return ""
        if isinstance(path, NamedNode):
            return f"Add “{self._found.labels.of(path)}”{ends}."
        if path.kind is PathKind.ALTERNATIVE:
            names = [self._found.labels.path(each) or name for each in path.parts]
            return f"Add {either(f'“{each}”' for each in names)}{ends}."
        if path.kind is PathKind.INVERSE:
            return f"Add “{self._found.labels.path(path.parts[0])}” where it belongs{ends}."
        return f"Add “{name}”{ends}."

    def _kind(self, class_: NamedNode) -> str:
        """Say what a class or datatype is."""
        return kind_of(class_) if class_.value.startswith(XSD.base) else self._words.a(class_)

    def _example(self, shape: Node) -> str:
        """Return a value that fits a shape, as JSON writes it."""
        members = [each for each in self._words.members(shape, "in") if isinstance(each, Literal)]
        if members:
            return f'"{members[0].value}"'
        datatype = self._words.parameter(shape, "datatype")
        if not isinstance(datatype, NamedNode) or datatype == RDF.langString:
            classes = self._words.classes(shape)
            return f'"(name of {either(map(self._words.a, classes))})"' if classes else '"…"'
        example = example_of(datatype)
        plain = datatype in (XSD.integer, XSD.decimal, XSD.double, XSD.boolean)
        return example if plain else f'"{example or "…"}"'

    def keep_one(self, finding: Finding, name: str) -> str:
        """Say among which to choose."""
        sharing = self._found.sharing(finding)
        if sharing is not None:
            shared, others = sharing
            if not others:
                return ""
            named = [self._found.distinguished(each, shared) for each in others]
            return f"Change it here or in {listed(named)}, or merge them if they are the same."
        values = self._found.values(finding)
        limit = self._words.said(finding.source_shape, "maxCount")
        if not values:
            return ""
        if limit == "0":
            return f"Remove “{name}”."
        shown = listed(list(map(self._found.quoted, values)))
        keep = "the right one" if limit == "1" else f"{limit} at most"
        return f"Keep {keep} of {shown}, and remove the rest."

    # -- which kind ----------------------------------------------------------------------------

    def refer(self, finding: Finding, _name: str) -> str:
        """Say what to refer to instead."""
        value = finding.value
        classes = self._words.classes(finding.source_shape)
        if value is None or not classes:
            return self._by_reference(value)
        kinds = either(map(self._words.a, classes))
        meant = self._meant(value, classes)
        if isinstance(value, Literal) and meant[:1] == [value.value]:
            return f"Refer to “{value.value}” itself, not to its name."
        if meant:
            return f"Did you mean {either(f'“{each}”' for each in meant)}?"
        if isinstance(value, Literal) or not self._found.surroundings.is_described(value):
            return f"Add {kinds} of this name first, or refer to one that is there."
        return f"Refer to {kinds} instead, or remove the reference."

    def _by_reference(self, value: Node | None) -> str:
        if isinstance(value, Literal):
            return "Refer to the thing by its address, not by text."
        return "Write a plain value, not a reference."

    def _meant(self, value: Node, classes: list[NamedNode]) -> list[str]:
        """Return names of things that a reference into the void probably meant."""
        around = self._found.surroundings
        if isinstance(value, NamedNode):
            if around.is_described(value):
                return []
            text = self._found.labels.of(value)
        elif isinstance(value, Literal):
            text = value.value
        else:
            return []
        found = [self._names_of(each).near(text) for each in classes]
        return found[0] if len(found) == 1 else near(text, chain.from_iterable(found))

    def _names_of(self, class_: NamedNode) -> NameIndex:
        if class_ not in self._names:
            nodes = self._found.surroundings.instances(class_)
            named = nodes if len(nodes) <= _MOST_INSTANCES else []
            self._names[class_] = NameIndex(
                self._found.labels.of(each) for each in named if isinstance(each, NamedNode)
            )
        return self._names[class_]

    # -- which value ---------------------------------------------------------------------------

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

    def close(self, finding: Finding, name: str) -> str:
        """Say what does not belong there."""
        return f"Remove “{name}”, or put it where it belongs."

    def untie(self, _finding: Finding, _name: str) -> str:
        """Say that one text is enough."""
        return "Keep one text for each language."

    def state(self, finding: Finding, _name: str) -> str:
        """Say which value has to be there."""
        return f"Add “{self._words.said(finding.source_shape, 'hasValue')}”."


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
_ADVICE: Mapping[str, Callable[[Advice, Finding, str], str]] = MappingProxyType(
    {
        "MinCount": Advice.add,
        "QualifiedMinCount": Advice.add,
        "MaxCount": Advice.keep_one,
        "QualifiedMaxCount": Advice.keep_one,
        "Class": Advice.refer,
        "Or": Advice.refer,
        "NodeKind": Advice.refer,
        "Datatype": Advice.convert,
        "In": Advice.choose,
        "Pattern": Advice.spell,
        "MinLength": Advice.lengthen,
        "MaxLength": Advice.shorten,
        "LessThan": Advice.compare,
        "LessThanOrEquals": Advice.compare,
        "MinInclusive": Advice.bound,
        "MinExclusive": Advice.bound,
        "MaxInclusive": Advice.bound,
        "MaxExclusive": Advice.bound,
        "LanguageIn": Advice.tag,
        "Closed": Advice.close,
        "UniqueLang": Advice.untie,
        "HasValue": Advice.state,
    }
)

"""How to mend what a constraint found: one sentence for each result, made from the shapes.

It adds to the message of the shape's author what only the data can tell: which name was probably
meant, what stands in the way, how a value is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.datatypes import example_of, kind_of
from orthogramic.validation.findings import Finding
from orthogramic.validation.found import FoundWords
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.near_names import NameIndex, near
from orthogramic.validation.paths import PathKind
from orthogramic.validation.value_advice import ValueAdvice
from orthogramic.validation.wording import either, kind, listed
from orthogramic.vocabulary import KR, RDF, SH, XSD

#: Among more instances of a class nobody looks for near names.
_MOST_INSTANCES = 20_000


class Advice:
    """Says how to mend results.

    :param shapes: the shapes graph.
    :param found: what stands in the data.
    """

    def __init__(self, shapes: GraphIndex, found: FoundWords) -> None:
        self._shapes = shapes
        self._found = found
        self._words = found.words
        self._values = ValueAdvice(shapes, found)
        self._names: dict[NamedNode, NameIndex] = {}
        self._fixed: dict[tuple[NamedNode, Node], str] = {}

    def of(self, finding: Finding, path_label: str | None) -> str:
        """Return a sentence, or the empty string where the message has to do.

        :param finding: one result.
        :param path_label: what people call its path.
        """
        name = path_label or "the value"
        advise = _ADVICE.get(kind(finding.component))
        return advise(self, finding, name) if advise else self._values.of(finding, name)

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

    def close(self, finding: Finding, name: str) -> str:
        """Say what does not belong there."""
        return f"Remove “{name}”, or put it where it belongs."

    def untie(self, _finding: Finding, _name: str) -> str:
        """Say that one text is enough."""
        return "Keep one text for each language."

    def state(self, finding: Finding, _name: str) -> str:
        """Say which value has to be there."""
        return f"Add “{self._words.said(finding.source_shape, 'hasValue')}”."


_ADVICE: Mapping[str, Callable[[Advice, Finding, str], str]] = MappingProxyType(
    {
        "MinCount": Advice.add,
        "QualifiedMinCount": Advice.add,
        "MaxCount": Advice.keep_one,
        "QualifiedMaxCount": Advice.keep_one,
        "Class": Advice.refer,
        "Or": Advice.refer,
        "NodeKind": Advice.refer,
        "Closed": Advice.close,
        "UniqueLang": Advice.untie,
        "HasValue": Advice.state,
    }
)

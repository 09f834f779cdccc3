"""What stands in the data where a constraint failed, in a phrase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.datatypes import kind_of, why_not
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.headings import Headings, lowered, with_article
from orthogramic.validation.labels import Labels
from orthogramic.validation.paths import Path, PathKind
from orthogramic.validation.surroundings import Surroundings, is_unnamed
from orthogramic.validation.wording import ShapeWords, kind, listed, times

_MOST = 50


class FoundWords:
    """Says what was found instead of what is expected.

    :param words: what shapes say.
    :param labels: names by IRI.
    :param headings: names of nodes.
    :param surroundings: the data.
    """

    def __init__(
        self, words: ShapeWords, labels: Labels, headings: Headings, surroundings: Surroundings
    ) -> None:
        self.words = words
        self.labels = labels
        self.headings = headings
        self.surroundings = surroundings

    def of(self, finding: Finding) -> str:
        """Return a noun phrase, or the empty string where there is nothing to say.

        :param finding: one result.
        """
        say = _FOUND.get(kind(finding.component))
        if say is not None:
            return say(self, finding)
        return "" if finding.value is None else self.headings.of(finding.value)

    def values(self, finding: Finding) -> list[Node]:
        """Return the values of the focus node under the path of a result."""
        if finding.path is None:
            return []
        return self.surroundings.values(finding.focus, finding.path)

    def sharing(self, finding: Finding) -> tuple[list[Node], list[Node]] | None:
        """Return what a focus node shares with others, and those others.

        :returns: ``None`` unless the path of the result goes to a value and back again.
        """
        predicate = _round_trip(finding.path)
        if predicate is None:
            return None
        wanted = self.words.parameter(finding.source_shape, "qualifiedValueShape")
        classes = self.words.classes(wanted) if wanted is not None else []
        shared: list[Node] = []
        others: list[Node] = []
        for value in self.surroundings.values(finding.focus, predicate):
            found = [
                each
                for each in self.surroundings.holders(predicate, value)
                if each != finding.focus
                and each not in others
                and all(self.surroundings.is_a(each, class_) for class_ in classes)
            ]
            shared += [value] if found else []
            others += found
        return shared, others

    def counted(self, finding: Finding) -> str:
        """Say how many values there are, and which."""
        sharing = self.sharing(finding)
        if sharing is not None:
            return self._shared(*sharing)
        values = self.values(finding)
        if not values:
            return "no value"
        if len(values) > _MOST:
            return times(len(values))
        return f"{times(len(values))}: {listed(list(map(self.quoted, values)))}"

    def _shared(self, shared: list[Node], others: list[Node]) -> str:
        if not others:
            return ""
        also = listed([self.distinguished(each, shared) for each in others])
        verb = "has" if len(others) == 1 else "have"
        return f"{listed(list(map(self.quoted, shared)))}, which {also} {verb} too"

    def quoted(self, node: Node) -> str:
        """Name a node within a sentence."""
        name = self.headings.of(node)
        return name if "“" in name else f"“{name}”"

    def distinguished(self, node: Node, beside: list[Node]) -> str:
        """Name a node, with its key where its name tells nothing new."""
        name = self.headings.of(node)
        if isinstance(node, NamedNode) and any(name == each.value for each in beside):
            return f"{node.value.rstrip('/#').rpartition('/')[2]}"
        return self.quoted(node)

    def typed(self, finding: Finding) -> str:
        """Name a value and what kind of value it is."""
        value = finding.value
        if not isinstance(value, Literal):
            return self.headings.of(value) if value is not None else ""
        text = self.labels.of(Literal(value.value))
        if value.language is not None:
            return f"{text} with the language tag {value.language}"
        asked = self.words.parameter(finding.source_shape, "datatype")
        if asked == value.datatype:
            return f"{text}, but {why_not(value)}"
        return f"{text} given as {kind_of(value.datatype)}"

    def classified(self, finding: Finding) -> str:
        """Name a value and what kind of thing it is."""
        value = finding.value
        if value is None:
            return ""
        name = self.headings.of(value)
        if isinstance(value, Literal):
            return f"the text {name}"
        classes = self.surroundings.classes(value)
        if not classes and is_unnamed(value):
            return name
        if not classes:
            return f"{name}, which is not described here"
        kinds = " and ".join(with_article(self.labels.of(each)) for each in classes)
        if name == f"an unnamed {lowered(self.labels.of(classes[0]))}":
            return name
        return f"{name}, which is {kinds}"

    def compared(self, finding: Finding) -> str:
        """Name a value and those with which it is compared."""
        if finding.value is None:
            return ""
        name = self.headings.of(finding.value)
        for parameter in ("lessThan", "lessThanOrEquals"):
            other = self.words.parameter(finding.source_shape, parameter)
            if isinstance(other, NamedNode):
                values = self.surroundings.values(finding.focus, other)
                shown = listed(list(map(self.quoted, values)))
                return f"{name}, while “{self.labels.of(other)}” is {shown}"
        return name

    def listed_value(self, finding: Finding) -> str:
        """Name a value; if its text is right, say what else is wrong with it."""
        value = finding.value
        if isinstance(value, Literal):
            members = self.words.members(finding.source_shape, "in")
            texts = [each.value for each in members if isinstance(each, Literal)]
            if value.value in texts:
                return self.typed(finding)
        return "" if value is None else self.headings.of(value)

    def repeated(self, finding: Finding) -> str:
        """Name the languages in which there are several texts."""
        values = self.values(finding)
        counts = Counter(
            each.language for each in values if isinstance(each, Literal) and each.language
        )
        tags = sorted(tag for tag, count in counts.items() if count > 1)
        return f"several texts with the tag {listed(tags)}" if tags else times(len(values))


def _round_trip(path: Path | None) -> NamedNode | None:
    """Return the property of a path that goes to a value and back to all that have it."""
    if path is None or isinstance(path, NamedNode) or path.kind is not PathKind.SEQUENCE:
        return None
    if len(path.parts) != 2:  # noqa: PLR2004 - there and back
        return None
    there, back = path.parts
    if isinstance(back, NamedNode) or back.kind is not PathKind.INVERSE:
        return None
    return there if isinstance(there, NamedNode) and back.parts[0] == there else None


_FOUND: Mapping[str, Callable[[FoundWords, Finding], str]] = MappingProxyType(
    {
        "MinCount": FoundWords.counted,
        "MaxCount": FoundWords.counted,
        "QualifiedMinCount": FoundWords.counted,
        "QualifiedMaxCount": FoundWords.counted,
        "HasValue": FoundWords.counted,
        "UniqueLang": FoundWords.repeated,
        "Datatype": FoundWords.typed,
        "Class": FoundWords.classified,
        "Or": FoundWords.classified,
        "NodeKind": FoundWords.classified,
        "In": FoundWords.listed_value,
        "LessThan": FoundWords.compared,
        "LessThanOrEquals": FoundWords.compared,
    }
)

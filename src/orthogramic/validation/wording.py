"""Plain words for what a shape expects and what was found instead.

The author of a shape says best what to do (``sh:message``).  This module speaks where no message
was written, and says in every case what the constraint asks for and what stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.datatypes import asked_for
from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.headings import with_article
from orthogramic.validation.labels import Labels, tail
from orthogramic.validation.patterns import text_form
from orthogramic.vocabulary import SH

_COMPONENT = "ConstraintComponent"
_DEEPEST = 4
_NODE_KINDS = {
    "IRI": "a reference, not text",
    "Literal": "a plain value, not a reference",
    "BlankNode": "an unnamed node",
    "BlankNodeOrIRI": "a reference, not a plain value",
    "BlankNodeOrLiteral": "a plain value or an unnamed node",
    "IRIOrLiteral": "a plain value or a reference by name",
}


def times(count: int | str, noun: str = "value") -> str:
    """Return a count with its noun in the right number."""
    return f"{count} {noun}" if str(count) == "1" else f"{count} {noun}s"


class ShapeWords:
    """Words for the constraints of one shapes graph.

    :param shapes: the shapes graph.
    :param labels: names for the classes, properties and values that it mentions.
    """

    def __init__(self, shapes: GraphIndex, labels: Labels) -> None:
        self._shapes = shapes
        self._labels = labels

    def expected(self, component: NamedNode, shape: Node) -> str:
        """Say what a constraint asks for.

        :param component: the constraint component of a result.
        :param shape: the source shape of the result.
        :returns: a noun phrase, or the empty string where the component is not one of SHACL Core
            and only its message can tell.
        """
        words = _EXPECTED.get(kind(component))
        return words(self, shape) if words else ""

    def message(self, component: NamedNode, path_label: str | None, expected: str) -> str:
        """Make a message where the shape has none: what is expected and how to mend it."""
        about = f"“{path_label}”" if path_label else "This"
        mend = _MENDS.get(kind(component), "Correct or remove the value.")
        return f"{about} should be {expected}. {mend}" if expected else f"{about}: {mend}"

    def parameter(self, shape: Node, name: str) -> Node | None:
        """Return the value of one parameter of a shape."""
        return self._shapes.object(shape, NamedNode(SH.base + name))

    def said(self, shape: Node, name: str) -> str:
        """Return the text of one parameter of a shape, as a person would write it."""
        value = self.parameter(shape, name)
        if isinstance(value, Literal):
            return value.value
        return self._labels.of(value) if value is not None else "?"

    def choice(self, shape: Node, name: str) -> str:
        """Return the members of a list parameter as a choice."""
        members = self._shapes.members(self.parameter(shape, name))
        return either(_bare(self._labels, each) for each in members)

    def members(self, shape: Node, name: str) -> list[Node]:
        """Return the members of a list parameter."""
        return self._shapes.members(self.parameter(shape, name))

    def all_of(self, shape: Node, name: str) -> list[Node]:
        """Return all values of a parameter that may be given more than once."""
        return sorted(self._shapes.objects(shape, NamedNode(SH.base + name)), key=str)

    def a(self, class_: Node) -> str:
        """Return a class as what a thing is: ``a ship``."""
        return with_article(self._labels.of(class_))

    def classes(self, shape: Node, depth: int = 0) -> list[NamedNode]:
        """Return the classes of which a shape asks its values to be; it may leave a choice."""
        found = [each for each in self.all_of(shape, "class") if isinstance(each, NamedNode)]
        if found or depth > _DEEPEST:
            return found
        alternatives = [*self.members(shape, "or"), *self.members(shape, "xone")]
        return [class_ for each in alternatives for class_ in self.classes(each, depth + 1)]

    def described(self, shape: Node, depth: int = 0) -> str:
        """Say what fits a shape; empty where that takes more than a phrase."""
        if depth > _DEEPEST:
            return ""
        name = self._shapes.text(shape, SH.name)
        phrases = [
            words(self, shape)
            for parameter, words in _PHRASES.items()
            if self.parameter(shape, parameter) is not None
        ]
        if self._shapes.objects(shape, SH.path) or self._shapes.objects(shape, SH.property):
            return f"something that fits “{name}”" if name else ""
        return " and ".join(phrases)

    def alternatives(
        self, shape: Node, name: str, join: Callable[[list[str]], str], otherwise: str
    ) -> str:
        """Say what fits one of the shapes of a list parameter."""
        members = self.members(shape, name)
        phrases = list(dict.fromkeys(self.described(each, 1) for each in members))
        return join(phrases) if phrases and all(phrases) else otherwise

    def negated(self, shape: Node) -> str:
        """Say what an excluded shape leaves."""
        excluded = [self.described(each, 1) for each in self.all_of(shape, "not")]
        if not excluded or not all(excluded):
            return "something that does not fit the excluded description"
        return f"anything but {' or '.join(excluded)}"


def kind(component: NamedNode) -> str:
    """Return the name of a core constraint component: ``MinCount``; of others the empty string."""
    if not component.value.startswith(SH.base):
        return ""
    return tail(component).removesuffix(_COMPONENT)


def either(items: Iterable[str]) -> str:
    """Return items as a sentence offers them: ``a, b or c``."""
    known = list(items)
    return " or ".join(filter(None, [", ".join(known[:-1]), *known[-1:]]))


def listed(items: list[str], most: int = 3) -> str:
    """Return items as a sentence lists them, the rest counted."""
    rest = len(items) - most
    shown = items[:most] + ([f"{rest} more"] if rest > 0 else [])
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def _bare(labels: Labels, node: Node) -> str:
    return node.value if isinstance(node, Literal) else labels.of(node)


def _datatype(words: ShapeWords, shape: Node) -> str:
    datatype = words.parameter(shape, "datatype")
    if isinstance(datatype, NamedNode):
        return asked_for(datatype)
    return "another type of value"


def _node_kind(words: ShapeWords, shape: Node) -> str:
    kind = words.parameter(shape, "nodeKind")
    name = tail(kind) if isinstance(kind, NamedNode) else ""
    return _NODE_KINDS.get(name, "another kind of value")


def _count(bound: str, parameter: str) -> Callable[[ShapeWords, Node], str]:
    return lambda words, shape: f"{bound} {times(words.said(shape, parameter))}"


def _qualified(bound: str, parameter: str) -> Callable[[ShapeWords, Node], str]:
    def say(words: ShapeWords, shape: Node) -> str:
        count = times(words.said(shape, parameter))
        kinds = [words.described(each) for each in words.all_of(shape, "qualifiedValueShape")]
        verb = "that is" if count.startswith("1 ") else "that are each"
        what = f"{verb} {' and '.join(kinds)}" if all(kinds) else "of the described kind"
        return f"{bound} {count} {what}"

    return say


def _length(bound: str, parameter: str) -> Callable[[ShapeWords, Node], str]:
    return lambda words, shape: f"{bound} {times(words.said(shape, parameter), 'character')} long"


def _one(phrase: str, parameter: str) -> Callable[[ShapeWords, Node], str]:
    return lambda words, shape: phrase.format(words.said(shape, parameter))


def _fixed(phrase: str) -> Callable[[ShapeWords, Node], str]:
    return lambda _words, _shape: phrase


_EXPECTED: Mapping[str, Callable[[ShapeWords, Node], str]] = MappingProxyType(
    {
        "Class": lambda words, shape: " and ".join(map(words.a, words.all_of(shape, "class"))),
        "Datatype": _datatype,
        "NodeKind": _node_kind,
        "MinCount": _count("at least", "minCount"),
        "MaxCount": _count("at most", "maxCount"),
        "QualifiedMinCount": _qualified("at least", "qualifiedMinCount"),
        "QualifiedMaxCount": _qualified("at most", "qualifiedMaxCount"),
        "MinExclusive": _one("more than {}", "minExclusive"),
        "MinInclusive": _one("{} or more", "minInclusive"),
        "MaxExclusive": _one("less than {}", "maxExclusive"),
        "MaxInclusive": _one("{} or less", "maxInclusive"),
        "MinLength": _length("at least", "minLength"),
        "MaxLength": _length("at most", "maxLength"),
        "Pattern": lambda words, shape: text_form(words.said(shape, "pattern")),
        "LanguageIn": lambda words, shape: (
            f"text in one of these languages: {words.choice(shape, 'languageIn')}"
        ),
        "UniqueLang": _fixed("one text per language"),
        "Equals": _one("the same as “{}”", "equals"),
        "Disjoint": _one("different from “{}”", "disjoint"),
        "LessThan": _one("less than “{}”", "lessThan"),
        "LessThanOrEquals": _one("no more than “{}”", "lessThanOrEquals"),
        "HasValue": _one("“{}” among the values", "hasValue"),
        "In": lambda words, shape: f"one of: {words.choice(shape, 'in')}",
        "Closed": _fixed("nothing beyond the properties that the description lists"),
        "Not": ShapeWords.negated,
        "And": lambda words, shape: words.alternatives(
            shape, "and", " and ".join, "something that fits all of the descriptions"
        ),
        "Or": lambda words, shape: words.alternatives(
            shape, "or", either, "something that fits at least one of the descriptions"
        ),
        "Xone": lambda words, shape: words.alternatives(
            shape, "xone", " or, but not both, ".join, "something that fits exactly one description"
        ),
        "Node": lambda words, shape: (
            " and ".join(filter(None, map(words.described, words.all_of(shape, "node"))))
            or "something that fits another description"
        ),
    }
)
#: What can be said of a shape in a phrase, by the parameter that says it.
_PHRASES: Mapping[str, Callable[[ShapeWords, Node], str]] = MappingProxyType(
    {
        name[0].lower() + name[1:]: _EXPECTED[name]
        for name in (
            *("Class", "Datatype", "MinExclusive", "MinInclusive", "MaxExclusive"),
            *("MaxInclusive", "MinLength", "MaxLength", "Pattern", "LanguageIn", "In", "Or"),
        )
    }
)
_MENDS: Mapping[str, str] = MappingProxyType(
    {
        "MinCount": "Add what is missing.",
        "QualifiedMinCount": "Add what is missing.",
        "MaxCount": "Keep the right one and remove the others.",
        "QualifiedMaxCount": "Keep the right ones and remove the others.",
        "In": "Choose one of the listed values, spelled as listed.",
        "Class": "Refer to one of that kind, or state what kind the referred thing is.",
        "UniqueLang": "Keep one text for each language.",
        "Closed": "Remove the extra property, or move it where it belongs.",
        "HasValue": "Add that value.",
    }
)

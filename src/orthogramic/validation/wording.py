"""Plain words for what a shape expects and what was found instead.

The author of a shape says best what to do (``sh:message``).  This module speaks where no message
was written, and says in every case what the constraint asks for and what stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode

from orthogramic.validation.graph_index import GraphIndex, Node
from orthogramic.validation.labels import Labels, tail
from orthogramic.vocabulary import SH, XSD

_COMPONENT = "ConstraintComponent"
_DATATYPES = {
    XSD.string: "text",
    XSD.boolean: "true or false",
    XSD.integer: "a whole number",
    XSD.decimal: "a decimal number",
    XSD.double: "a number",
    XSD.date: "a date (year-month-day)",
    XSD.dateTime: "a date with a time",
    XSD.anyURI: "a web address",
}
_NODE_KINDS = {
    "IRI": "a reference to something with an address of its own",
    "Literal": "a plain value, not a reference",
    "BlankNode": "an unnamed node",
    "BlankNodeOrIRI": "a reference, not a plain value",
    "BlankNodeOrLiteral": "a plain value or an unnamed node",
    "IRIOrLiteral": "a plain value or a reference to something with an address of its own",
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
        name = tail(component).removesuffix(_COMPONENT)
        words = _EXPECTED.get(name) if component.value.startswith(SH.base) else None
        return words(self, shape) if words else ""

    def message(self, component: NamedNode, path_label: str | None, expected: str) -> str:
        """Make a message where the shape has none: what is expected and how to mend it."""
        about = f"“{path_label}”" if path_label else "This"
        name = tail(component).removesuffix(_COMPONENT)
        mend = _MENDS.get(name, "Correct or remove the value.")
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
        return " or ".join(_bare(self._labels, each) for each in members)

    def each(self, shape: Node, name: str) -> str:
        """Return all values of a parameter that may be given more than once."""
        values = self._shapes.objects(shape, NamedNode(SH.base + name))
        return " and ".join(sorted(_bare(self._labels, value) for value in values))


def _bare(labels: Labels, node: Node) -> str:
    return node.value if isinstance(node, Literal) else labels.of(node)


def _datatype(words: ShapeWords, shape: Node) -> str:
    datatype = words.parameter(shape, "datatype")
    if isinstance(datatype, NamedNode) and datatype in _DATATYPES:
        return _DATATYPES[datatype]
    return f"a value of type {words.said(shape, 'datatype')}"


def _node_kind(words: ShapeWords, shape: Node) -> str:
    kind = words.parameter(shape, "nodeKind")
    name = tail(kind) if isinstance(kind, NamedNode) else ""
    return _NODE_KINDS.get(name, "another kind of value")


def _count(bound: str, parameter: str, suffix: str = "") -> Callable[[ShapeWords, Node], str]:
    return lambda words, shape: f"{bound} {times(words.said(shape, parameter))}{suffix}"


def _length(bound: str, parameter: str) -> Callable[[ShapeWords, Node], str]:
    return lambda words, shape: f"{bound} {times(words.said(shape, parameter), 'character')} long"


def _one(phrase: str, parameter: str) -> Callable[[ShapeWords, Node], str]:
    return lambda words, shape: phrase.format(words.said(shape, parameter))


def _fixed(phrase: str) -> Callable[[ShapeWords, Node], str]:
    return lambda _words, _shape: phrase


_EXPECTED: Mapping[str, Callable[[ShapeWords, Node], str]] = MappingProxyType(
    {
        "Class": lambda words, shape: f"one that is a {words.each(shape, 'class')}",
        "Datatype": _datatype,
        "NodeKind": _node_kind,
        "MinCount": _count("at least", "minCount"),
        "MaxCount": _count("at most", "maxCount"),
        "QualifiedMinCount": _count("at least", "qualifiedMinCount", " of the described kind"),
        "QualifiedMaxCount": _count("at most", "qualifiedMaxCount", " of the described kind"),
        "MinExclusive": _one("more than {}", "minExclusive"),
        "MinInclusive": _one("{} or more", "minInclusive"),
        "MaxExclusive": _one("less than {}", "maxExclusive"),
        "MaxInclusive": _one("{} or less", "maxInclusive"),
        "MinLength": _length("at least", "minLength"),
        "MaxLength": _length("at most", "maxLength"),
        "Pattern": _one("text of the form {}", "pattern"),
        "LanguageIn": lambda words, shape: (
            f"text in one of these languages: {words.choice(shape, 'languageIn')}"
        ),
        "UniqueLang": _fixed("one text per language"),
        "Equals": _one("the same as “{}”", "equals"),
        "Disjoint": _one("different from “{}”", "disjoint"),
        "LessThan": _one("less than “{}”", "lessThan"),
        "LessThanOrEquals": _one("no more than “{}”", "lessThanOrEquals"),
        "HasValue": _one("{} among the values", "hasValue"),
        "In": lambda words, shape: f"one of: {words.choice(shape, 'in')}",
        "Closed": _fixed("nothing beyond the properties that the description lists"),
        "Not": _fixed("something that does not fit the excluded description"),
        "And": _fixed("something that fits all of the descriptions"),
        "Or": _fixed("something that fits at least one of the descriptions"),
        "Xone": _fixed("something that fits exactly one of the descriptions"),
        "Node": lambda words, shape: f"something that fits “{words.each(shape, 'node')}”",
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


def found_words(labels: Labels, component: NamedNode, value: Node | None, count: int | None) -> str:
    """Say what stands in the data where a constraint failed.

    :param labels: names for values.
    :param component: the constraint component of a result.
    :param value: the value of the result, if it has one.
    :param count: how many values there are, where that is what failed.
    :returns: a noun phrase, or the empty string where there is nothing to say.
    """
    if value is None:
        return "" if count is None else "no value" if count == 0 else times(count)
    words = labels.of(value)
    is_about_type = component.value == f"{SH.base}Datatype{_COMPONENT}"
    if is_about_type and isinstance(value, Literal) and value.language is None:
        return f"{words} given as {_kind(value.datatype)}"
    return words


def _kind(datatype: NamedNode) -> str:
    return _DATATYPES.get(datatype) or tail(datatype)

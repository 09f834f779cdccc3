"""Random graphs and random shapes: every constraint component, every kind of path and target."""

from __future__ import annotations

from itertools import count

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

BASE = "https://orchard.example/"
SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TYPE = NamedNode(RDF + "type")
SUBCLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
NIL = NamedNode(RDF + "nil")

Term = NamedNode | BlankNode | Literal
Shape = NamedNode | BlankNode


def term(name: str) -> NamedNode:
    """Return a term of the orchard."""
    return NamedNode(BASE + name)


def sh(name: str) -> NamedNode:
    """Return a term of SHACL."""
    return NamedNode(SH + name)


def number(value: int) -> Literal:
    """Return a whole number."""
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def typed(lexical: str, datatype: str) -> Literal:
    """Return a literal of a datatype of XML Schema."""
    return Literal(lexical, datatype=NamedNode(XSD + datatype))


TREES = [term(name) for name in ("ash", "birch", "cedar", "elm")]
NODES: list[Term] = [*TREES, BlankNode("soil")]
CLASSES = [term(name) for name in ("Plant", "Tree", "Conifer")]
PROPERTIES = [term(name) for name in ("grows", "shades", "height", "name")]
LITERALS = [
    *(typed(lexical, "integer") for lexical in ("1", "2", "02", "tall")),
    *(typed(lexical, "decimal") for lexical in ("1.5", "2.0", "1.50", "NaN")),
    *(typed(lexical, "double") for lexical in ("1.5", "1e0", "NaN")),
    *(typed(lexical, "boolean") for lexical in ("true", "1", "maybe")),
    *(typed(lexical, "date") for lexical in ("2026-01-02", "2026-02-30", "2024-02-29")),
    *(typed(each, "dateTime") for each in ("2026-01-02T03:04:05", "2026-01-02T03:04:05Z", "x")),
    *(typed(lexical, "anyURI") for lexical in ("urn:x", "")),
    *(typed("P1Y", each) for each in ("duration", "yearMonthDuration", "unheardOf")),
    *(Literal(text) for text in ("ash", "Ash", "1", "")),
    *(Literal(text, language=tag) for text, tag in (("ash", "en"), ("Ash", "en-gb"), ("a", "de"))),
    Literal("frêne", language="en"),
]
VALUES: list[Term] = [*NODES, *LITERALS]

STATEMENTS = st.one_of(
    st.builds(Triple, st.sampled_from(NODES), st.just(TYPE), st.sampled_from(CLASSES)),
    st.builds(
        Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES[:2]), st.sampled_from(NODES)
    ),
    st.builds(Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(VALUES)),
    st.builds(Triple, st.sampled_from(CLASSES), st.just(SUBCLASS), st.sampled_from(CLASSES)),
)
GRAPHS = st.lists(STATEMENTS, max_size=30)


class Writer:
    """Writes a shapes graph; gives each blank node and list a node of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.triples: list[Triple] = []
        self._fresh = count()

    def blank(self) -> BlankNode:
        """Return a new blank node."""
        return BlankNode(f"s{next(self._fresh)}")

    def say(self, subject: Shape, name: str, value: Term) -> None:
        """State a SHACL property."""
        self.triples.append(Triple(subject, sh(name), value))

    def list_of(self, members: list[Term]) -> Shape:
        """Write a list and return its head."""
        head: Shape = NIL
        for member in reversed(members):
            node = self.blank()
            self.triples.append(Triple(node, NamedNode(RDF + "first"), member))
            self.triples.append(Triple(node, NamedNode(RDF + "rest"), head))
            head = node
        return head

    def choose(self, *options: Term) -> Term:
        """Draw one of some terms."""
        return self.draw(st.sampled_from(options))

    def some(self, options: list[Term], least: int = 0, most: int = 3) -> list[Term]:
        """Draw a few of some terms, each once."""
        return self.draw(
            st.lists(st.sampled_from(options), min_size=least, max_size=most, unique=True)
        )

    def path(self, depth: int = 0) -> Shape:
        """Write a path and return its head."""
        kinds = ["", "", "inversePath"]
        if depth < 3:
            kinds += ["sequence", "alternativePath", "zeroOrMorePath", "oneOrMorePath"]
            kinds += ["zeroOrOnePath", "inversePath"]
        kind = self.draw(st.sampled_from(kinds))
        if not kind:
            return self.draw(st.sampled_from([*PROPERTIES[:2], *PROPERTIES, TYPE]))
        if kind in ("sequence", "alternativePath"):
            size = self.draw(st.integers(2, 3))
            members = self.list_of([self.path(depth + 1) for _ in range(size)])
            if kind == "sequence":
                return members
        else:
            members = self.path(depth + 1)
        node = self.blank()
        self.say(node, kind, members)
        return node


def _value(writer: Writer, shape: Shape) -> None:
    """Say what single values are like."""
    name = writer.draw(st.sampled_from(["class", "datatype", "nodeKind", "in", "hasValue"]))
    if name == "class":
        for each in writer.some([*CLASSES], 1, 2):
            writer.say(shape, name, each)
    elif name == "datatype":
        names = "string integer decimal double boolean date dateTime anyURI unheardOf".split()
        special = [NamedNode(RDF + "langString")]
        datatypes: list[Term] = [*special, *(NamedNode(XSD + each) for each in names)]
        writer.say(shape, name, writer.choose(*datatypes))
    elif name == "nodeKind":
        kinds = "IRI BlankNode Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral".split()
        writer.say(shape, name, writer.choose(*(sh(each) for each in kinds)))
    elif name == "in":
        writer.say(shape, name, writer.list_of(writer.some(VALUES, 0, 6)))
    else:
        for each in writer.some(VALUES, 1, 2):
            writer.say(shape, name, each)


def _string(writer: Writer, shape: Shape) -> None:
    """Say what texts are like."""
    name = writer.draw(st.sampled_from(["minLength", "maxLength", "pattern", "languageIn"]))
    if name == "pattern":
        for each in writer.some([Literal(each) for each in ("^a", "h$", ".", "^$", "[A-Z]")], 1, 2):
            writer.say(shape, name, each)
        for each in writer.some([Literal(each) for each in ("i", "m", "xi")], 0, 1):
            writer.say(shape, "flags", each)
    elif name == "languageIn":
        tags: list[Term] = [Literal(each) for each in ("en", "EN-GB", "fr", "*")]
        writer.say(shape, name, writer.list_of(writer.some(tags, 0, 2)))
    else:
        writer.say(shape, name, number(writer.draw(st.integers(0, 5))))


def _range(writer: Writer, shape: Shape) -> None:
    """Say between which bounds values lie."""
    names = ["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]
    for each in writer.some([*LITERALS], 1, 2):
        writer.say(shape, writer.draw(st.sampled_from(names)), each)


def _pair(writer: Writer, shape: Shape) -> None:
    """Compare with another property."""
    names = ["equals", "disjoint"]
    if any(each.subject == shape and each.predicate == sh("path") for each in writer.triples):
        names += ["lessThan", "lessThanOrEquals"]
    writer.say(shape, writer.draw(st.sampled_from(names)), writer.choose(*PROPERTIES))


def _count(writer: Writer, shape: Shape) -> None:
    """Say how many values there are."""
    if writer.draw(st.booleans()):
        writer.say(shape, "uniqueLang", typed("true", "boolean"))
    else:
        name = writer.draw(st.sampled_from(["minCount", "maxCount"]))
        writer.say(shape, name, number(writer.draw(st.integers(0, 3))))


def _closed(writer: Writer, shape: Shape) -> None:
    """Forbid other properties."""
    writer.say(shape, "closed", typed("true", "boolean"))
    if writer.draw(st.booleans()):
        ignored = writer.some([*PROPERTIES, TYPE], 0, 3)
        writer.say(shape, "ignoredProperties", writer.list_of(ignored))


def _qualified(writer: Writer, shape: Shape, others: list[Shape]) -> None:
    """Count the values that conform to a shape."""
    writer.say(shape, "qualifiedValueShape", writer.choose(*others))
    least, most = writer.draw(st.sampled_from([(1, None), (None, 1), (1, 1), (0, 2)]))
    if least is not None:
        writer.say(shape, "qualifiedMinCount", number(least))
    if most is not None:
        writer.say(shape, "qualifiedMaxCount", number(most))
    if writer.draw(st.booleans()):
        writer.say(shape, "qualifiedValueShapesDisjoint", typed("true", "boolean"))


_QUERIES = (
    # The first ones are joins, which are compiled; the others are left to pySHACL.
    "SELECT DISTINCT $this ?value WHERE { $this <B/name> ?value . ?other <B/name> ?value . "
    "FILTER (?other != $this) }",
    "SELECT $this ?value ?other { ?value <B/grows> $this , ?other FILTER(?value != ?other) }",
    "SELECT ?value WHERE { $this a <B/Tree> ; <B/shades> ?value . ?value <B/grows> $this }",
    "SELECT $this { $this <B/shades> $this ; <B/height> ?x , ?y . FILTER (?x != ?y) . }",
    "SELECT $this ?value { $this <B/grows> ?value . FILTER NOT EXISTS { ?value <B/name> ?n } }",
    "SELECT $this ?value { $this <B/height> ?value . FILTER (?value > 1) }",
)


def _sparql(writer: Writer, shape: Shape) -> None:
    """Ask a query about each focus node."""
    node = writer.blank()
    writer.say(shape, "sparql", node)
    text = writer.draw(st.sampled_from(_QUERIES))
    writer.say(node, "select", Literal(text.replace("<B/", f"<{BASE}")))
    if writer.draw(st.booleans()):
        writer.say(node, "message", Literal("{$this} has {?value} beside {?other}", language="en"))


def _references(writer: Writer, shape: Shape, others: list[Shape], paths: set[Shape]) -> None:
    """Refer to other shapes."""
    names = ["not", "and", "or", "xone", "node", "property", "property"]
    name = writer.draw(st.sampled_from(names))
    fitting: list[Term] = [*others]
    if name in ("node", "property"):
        fitting = [each for each in others if (each in paths) == (name == "property")]
    if not fitting:
        return
    if name in ("and", "or", "xone"):
        size = writer.draw(st.integers(1, 3))
        writer.say(shape, name, writer.list_of([writer.choose(*fitting) for _ in range(size)]))
    else:
        for each in writer.some(fitting, 1, 2):
            writer.say(shape, name, each)


def _targets(writer: Writer, shape: Shape) -> None:
    name = writer.draw(
        st.sampled_from(["targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"])
    )
    options: dict[str, list[Term]] = {
        "targetClass": [*CLASSES],
        "targetNode": [*TREES, term("nowhere"), Literal("ash")],
    }
    for each in writer.some(options.get(name, [*PROPERTIES]), 1, 2):
        writer.say(shape, name, each)


def _marks(writer: Writer, shape: Shape) -> None:
    """Say how results of the shape are reported."""
    if writer.draw(st.integers(0, 3)) == 0:
        writer.say(shape, "severity", writer.choose(sh("Warning"), sh("Info"), term("Odd")))
    if writer.draw(st.integers(0, 3)) == 0:
        writer.say(
            shape, "message", writer.choose(Literal("Mend it."), Literal("x", language="en"))
        )
    if writer.draw(st.integers(0, 9)) == 0:
        writer.say(shape, "deactivated", typed("true", "boolean"))


@st.composite
def shapes_graphs(draw: st.DrawFn) -> list[Triple]:
    """Draw a shapes graph: up to six shapes, the earlier ones referring to later ones."""
    writer = Writer(draw)
    kinds = draw(st.lists(st.booleans(), min_size=1, max_size=6))
    shapes: list[Shape] = [
        term(f"shape{position}") if draw(st.booleans()) else writer.blank()
        for position in range(len(kinds))
    ]
    paths = {shape for shape, is_property in zip(shapes, kinds, strict=True) if is_property}
    for position, shape in enumerate(shapes):
        is_property = shape in paths
        kind = sh("PropertyShape") if is_property else sh("NodeShape")
        writer.triples.append(Triple(shape, TYPE, kind))
        if is_property:
            writer.say(shape, "path", writer.path())
        if position == 0 or draw(st.booleans()):
            _targets(writer, shape)
        _marks(writer, shape)
        _constraints(writer, shape, shapes[position + 1 :], paths)
    return list(dict.fromkeys(writer.triples))


_KINDS = {
    "value": _value,
    "string": _string,
    "range": _range,
    "pair": _pair,
    "count": _count,
    "closed": _closed,
    "sparql": _sparql,
}


def _constraints(writer: Writer, shape: Shape, others: list[Shape], paths: set[Shape]) -> None:
    options = ["value", "value", "string", "range", "closed", "pair"]
    options += ["count"] * 2 if shape in paths else ["sparql"]
    options += ["reference"] * 3 if others else []
    options += ["qualified"] if others and shape in paths else []
    for each in writer.draw(
        st.lists(st.sampled_from(options), min_size=1, max_size=4, unique=True)
    ):
        if each in _KINDS:
            _KINDS[each](writer, shape)
        elif each == "qualified":
            _qualified(writer, shape, others)
        else:
            _references(writer, shape, others, paths)


@st.composite
def damaged_shapes_graphs(draw: st.DrawFn) -> list[Triple]:
    """Draw a shapes graph in which a few statements are lost, doubled or altered."""
    triples = draw(shapes_graphs())
    said = [each.predicate for each in triples if each.predicate.value.startswith(SH)]
    for _ in range(draw(st.integers(1, 3))):
        position = draw(st.integers(0, len(triples) - 1))
        old = triples[position]
        values: list[Term] = [*VALUES[:6], *CLASSES, NIL, typed("true", "boolean"), number(-1)]
        values += [each.subject for each in triples if not isinstance(each.subject, Triple)]
        predicate = draw(st.sampled_from([old.predicate, *said]))
        new = Triple(old.subject, predicate, draw(st.sampled_from(values)))
        kind = draw(st.sampled_from(["lose", "double", "alter"]))
        if kind != "double" and len(triples) > 1:
            del triples[position]
        if kind != "lose":
            triples.append(new)
    return list(dict.fromkeys(triples))

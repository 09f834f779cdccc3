"""Take an update apart into its operations, without understanding their patterns.

SPARQL 1.1 Update, section 3, and the grammar of the query language, rules 29 to 48.  Keywords are
looked for where the grammar has them, in its order and, like the engine does, without regard for
word boundaries: ``withex:gINSERT{`` is WITH, a graph, and INSERT.  So a keyword in a string, an
IRI, a comment or the name of a prefix is none.  What stands between braces is left as text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from orthogramic.syntax.sparql_operation import Kind, Operation, Span
from orthogramic.syntax.sparql_tokens import CLOSING, OPENING, landmarks, token_at


@dataclass(frozen=True, slots=True)
class UpdateText:
    """An update, taken apart.

    :param text: the whole text.
    :param operations: what was understood, in order.
    :param declarations: where base and prefixes are declared; a later one adds to those before.
    :param lost_at: where the operation begins that was not understood, if any; none is understood
        behind it.
    :param depth: the greatest nesting of brackets.
    """

    text: str
    operations: tuple[Operation, ...]
    declarations: tuple[Span, ...]
    lost_at: int | None
    depth: int

    @classmethod
    def of(cls, text: str, prefixes: Collection[str] = ()) -> UpdateText:
        """Take a text apart.

        :param text: an update, well formed or not.
        :param prefixes: prefixes that it may use without declaring them.
        :returns: its parts; never raises.
        """
        groups, depth = _groups(text)
        reading = _Reading(text, groups, set(prefixes))
        operations: list[Operation] = []
        lost_at = None
        try:
            operations.extend(reading.operations())
        except _LostError:
            lost_at = reading.begun
        return cls(text, tuple(operations), tuple(reading.declarations), lost_at, depth)

    def prologue(self, operation: Operation | None = None) -> str:
        """Return the declarations that hold for an operation, or at the end, as text."""
        count = len(self.declarations) if operation is None else operation.declared
        return "".join(f"{each.of(self.text)}\n" for each in self.declarations[:count])


class _LostError(Exception):
    """The text does not go on as an update does."""


def _groups(text: str) -> tuple[dict[int, int], int]:
    """Return where each outermost group in braces begins and ends, and how deep brackets nest."""
    groups: dict[int, int] = {}
    braces = start = depth = deepest = 0
    for kind, place, end in landmarks(text):
        if kind in OPENING:
            depth += 1
            deepest = max(deepest, depth)
            if kind == "{":
                braces += 1
                start = place if braces == 1 else start
        elif kind in CLOSING:
            depth = max(0, depth - 1)
            if kind == "}" and braces:
                braces -= 1
                if not braces:
                    groups[start] = end
    return groups, deepest


@dataclass(slots=True)
class _Reading:
    """A place in a text that moves on."""

    text: str
    groups: dict[int, int]
    prefixes: set[str]
    at: int = 0
    begun: int = 0
    declarations: list[Span] = field(default_factory=list)

    def operations(self) -> Iterator[Operation]:
        more = True
        while more:
            self._prologue()
            self.begun = self._next()
            if self.begun == len(self.text):
                return
            operation = self._operation()
            span = Span(self.begun, self.at)
            more = self._word(";")
            if not more and self._next() != len(self.text):
                raise _LostError
            yield replace(operation, span=span, declared=len(self.declarations))

    # -- words, names and groups ---------------------------------------------------------------

    def _next(self) -> int:
        """Go to the next token, and return where it is."""
        token = token_at(self.text, self.at)
        self.at = token.start if token else len(self.text)
        return self.at

    def _word(self, word: str) -> bool:
        start = self._next()
        found = self.text[start : start + len(word)].upper() == word
        if found:
            self.at += len(word)
        return found

    def _expect(self, word: str) -> None:
        if not self._word(word):
            raise _LostError

    def _token(self, kind: str) -> str:
        token = token_at(self.text, self.at)
        if token is None or token.kind != kind:
            raise _LostError
        self.at = token.end
        return token.text

    def _name(self) -> str:
        """Read the name of a graph, nothing if there is none: an undeclared prefix is none."""
        token = token_at(self.text, self.at)
        if token is None or not (
            token.kind == "iri"
            or (token.kind == "name" and token.text.partition(":")[0] in self.prefixes)
        ):
            return ""
        self.at = token.end
        return token.text

    def _expect_name(self) -> str:
        name = self._name()
        if not name:
            raise _LostError
        return name

    def _group(self) -> Span:
        start = self._next()
        if start not in self.groups:
            raise _LostError
        self.at = self.groups[start]
        return Span(start, self.at)

    # -- the grammar ---------------------------------------------------------------------------

    def _prologue(self) -> None:
        while True:
            start = self._next()
            if self._word("PREFIX"):
                self.prefixes.add(self._token("name").partition(":")[0])
                self._token("iri")
            elif self._word("BASE"):
                self._token("iri")
            elif self._word("VERSION"):
                self._token("string")
            else:
                return
            self.declarations.append(Span(start, self.at))

    def _operation(self) -> Operation:
        kinds: tuple[Kind, ...] = ("load", "clear", "drop", "create", "add", "move", "copy")
        for kind in kinds:
            if self._word(kind.upper()):
                return self._management(kind)
        return self._with_groups()

    def _management(self, kind: Kind) -> Operation:
        start, silent = self.at, self._word("SILENT")
        if kind == "load":
            graphs: tuple[str, ...] = (self._expect_name(),)
            if self._word("INTO"):
                graphs = (*graphs, self._graph_or_word(marked=True))
        elif kind == "create":
            graphs = (self._graph_or_word(marked=True),)
        elif kind in {"clear", "drop"}:
            graphs = (self._graph_or_word("DEFAULT", "NAMED", "ALL", marked=True),)
        else:
            source = self._graph_or_word("DEFAULT")
            self._expect("TO")
            graphs = (source, self._graph_or_word("DEFAULT"))
        return Operation(kind, Span(start, self.at), silent=silent, graphs=graphs)

    def _graph_or_word(self, *words: str, marked: bool = False) -> str:
        """Read a word, or the name of a graph.

        :param marked: whether the word GRAPH must stand before a name.
        """
        for word in words:
            if self._word(word):
                return word
        if not self._word("GRAPH") and marked:
            raise _LostError
        return self._expect_name()

    def _with_groups(self) -> Operation:
        if self._word("INSERT"):
            if self._word("DATA"):
                return self._data("insert-data")
            return self._modify(inserting=True)
        if self._word("DELETE"):
            if self._word("DATA"):
                return self._data("delete-data")
            place = self._next()
            if self._word("WHERE"):
                return replace(self._data("delete-where"), where_word=place)
            return self._modify(inserting=False)
        self._expect("WITH")
        graph = self._expect_name()
        inserting = self._word("INSERT")
        if not inserting:
            self._expect("DELETE")
        return self._modify(inserting=inserting, with_graph=graph)

    def _data(self, kind: Kind) -> Operation:
        group = self._group()
        return Operation(kind, group, data=group)

    def _modify(self, *, inserting: bool, with_graph: str = "") -> Operation:
        first = self._group()
        delete, insert = (None, first) if inserting else (first, None)
        if not inserting and self._word("INSERT"):
            insert = self._group()
        using: list[tuple[bool, str]] = []
        while self._word("USING"):
            name = self._name()
            named = not name
            if named:
                self._expect("NAMED")
                name = self._expect_name()
            using.append((named, name))
        place = self._next()
        self._expect("WHERE")
        where = self._group()
        return Operation(
            "modify",
            first,
            with_graph=with_graph,
            using=tuple(using),
            delete=delete,
            insert=insert,
            where=where,
            where_word=place,
        )

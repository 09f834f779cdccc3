"""Hand a document to the parser piece by piece, and stop it before it can do harm.

The parser follows some nested constructs by recursion, so that a small document can exhaust the
stack of the process; it expands XML entities without limit; and it takes the end of an RDF/XML
document for granted.  The feeds below sit between the input and the parser, hold a bounded amount
of text, and raise :class:`orthogramic.errors.RdfSyntaxError` with the position.

Measured with pyoxigraph 0.5.13 (main thread and threads alike, stack of 8 MiB): objects nested in
JSON-LD overflow the stack between 2,000 and 5,000 levels, triple terms nested in Turtle or
N-Triples between 5,000 and 20,000; brackets and parentheses in Turtle, arrays in JSON-LD and
elements in RDF/XML do not, but RDF/XML takes time that grows with the square of the depth.
"""

from __future__ import annotations

import io
import re
import xml.parsers.expat
from typing import TYPE_CHECKING, BinaryIO, Protocol

from orthogramic.errors import RdfSyntaxError
from orthogramic.syntax.detection import is_utf_8

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_NESTING = 500
MAX_ENTITIES = 500
MAX_ENTITY_LENGTH = 1024

NOT_UTF_8 = "This is not UTF-8 text; save the file as UTF-8."

_BLOCK = 1 << 16
_PIECE = 1 << 10


class Feed(Protocol):
    """What the parser reads from."""

    @property
    def line(self) -> int:
        """Line where the last piece began, from 1."""
        ...

    @property
    def column(self) -> int:
        """Column where the last piece began, from 1."""
        ...

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece, empty at the end."""
        ...


class Rewound(io.RawIOBase):
    """A stream to which some bytes, already taken from it, are put back.

    :param head: the bytes to put back.
    :param rest: where they came from.
    """

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """Say that the stream can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer as far as a single read allows; 0 at the end."""
        view = memoryview(buffer).cast("B")
        piece = self._head[: len(view)] or self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(piece)] = piece
        return len(piece)


class BlockFeed:
    """Feeds Turtle, TriG, N-Triples and N-Quads; refuses triple terms nested too deep.

    The opening marks between two statements' ends are counted, less the closing ones.  A line
    that ends in a dot and holds no comment sign can stand inside no triple term, so it resets
    the count; marks inside of strings can only make the count too high, never too low.
    """

    _STATEMENT_END = re.compile(rb"[^#\n]*\.[ \t\r]*\n")

    def __init__(self, stream: BinaryIO, source: str) -> None:
        self._stream = stream
        self._source = source
        self._left = b""
        self._depth = 0
        self._at_line_start = True
        self.line = 1
        self.column = 1

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece.

        :raises RdfSyntaxError: if triple terms are nested too deep.
        """
        if not self._left:
            self._left = self._stream.read(_BLOCK)
            if self._depth or b"<<" in self._left:
                self._watch(self._left)
            else:
                self.line += self._left.count(b"\n")
            self._at_line_start = self._left.endswith(b"\n")
        size = len(self._left) if size < 0 else size
        piece, self._left = self._left[:size], self._left[size:]
        return piece

    def _watch(self, block: bytes) -> None:
        for line in block.splitlines(keepends=True):
            self._depth += line.count(b"<<")
            if self._depth > MAX_NESTING:
                raise RdfSyntaxError(
                    f"Triple terms are nested more than {MAX_NESTING} levels deep; "
                    "such a document is not read.",
                    source=self._source,
                    line=self.line,
                    column=1,
                )
            self._depth = max(0, self._depth - line.count(b">>"))
            if self._at_line_start and self._STATEMENT_END.fullmatch(line):
                self._depth = 0
            self._at_line_start = line.endswith(b"\n")
            self.line += self._at_line_start


class LineFeed:
    """Feeds a text line by line, so that the parser's progress tells where a fault is.

    :param stream: a buffered stream.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._next = (1, 0)
        self.line = 1
        self.column = 1
        self.ended = False

    def read(self, size: int = -1, /) -> bytes:
        """Return the next line, or the next part of a long one."""
        piece = self._stream.readline(_PIECE if size < 0 else size)
        if not piece:
            self.ended = True
            return piece
        self.line, before = self._next
        self.column = before + 1 + len(piece) - len(piece.lstrip())
        if piece.endswith(b"\n"):
            self._next = (self.line + 1, 0)
        else:
            self._next = (self.line, before + len(piece.decode("utf-8", "replace")))
        return piece


class XmlFeed:
    """Feeds RDF/XML line by line through a check of well-formedness.

    Refused: entities beyond what ontologies use to abbreviate namespaces, external entities,
    elements nested too deep, and a document that ends too early.
    """

    def __init__(self, feed: LineFeed, source: str) -> None:
        self._feed = feed
        self._source = source
        self._depth = 0
        self._entities: dict[str, int] = {}
        self._checker = xml.parsers.expat.ParserCreate()
        self._checker.StartElementHandler = self._open
        self._checker.EndElementHandler = self._close
        self._checker.EntityDeclHandler = self._entity

    @property
    def line(self) -> int:
        """Line where the last piece began."""
        return self._feed.line

    @property
    def column(self) -> int:
        """Column where the last piece began."""
        return self._feed.column

    def read(self, size: int = -1, /) -> bytes:
        """Return the next piece.

        :raises RdfSyntaxError: if the XML is not well formed or is refused.
        """
        piece = self._feed.read(size)
        try:
            self._checker.Parse(piece, not piece)
        except xml.parsers.expat.ExpatError as error:
            sentence = xml_sentence(error.code) if is_utf_8(piece) else NOT_UTF_8
            raise self._fault(sentence, error.lineno, error.offset + 1) from None
        return piece

    def _fault(self, sentence: str, line: int, column: int) -> RdfSyntaxError:
        return RdfSyntaxError(sentence, source=self._source, line=line, column=column)

    def _refuse(self, sentence: str) -> RdfSyntaxError:
        checker = self._checker
        return self._fault(sentence, checker.CurrentLineNumber, checker.CurrentColumnNumber + 1)

    def _open(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise self._refuse(
                f"Elements are nested more than {MAX_NESTING} levels deep; "
                "such a document is not read."
            )

    def _close(self, _name: str) -> None:
        self._depth -= 1

    def _entity(
        self,
        name: str,
        _is_parameter: int,
        value: str | None,
        _base: str | None,
        _system: str | None,
        _public: str | None,
        _notation: str | None,
    ) -> None:
        if value is None:
            raise self._refuse("The document refers to an external entity; these are not read.")
        referred = re.findall(r"[&%]([^;\s]+);", value)
        length = len(value) + sum(self._entities.get(each, 0) for each in referred)
        self._entities[name] = length
        if length > MAX_ENTITY_LENGTH or len(self._entities) > MAX_ENTITIES:
            raise self._refuse(
                "The document declares more or longer entities than abbreviations of namespaces "
                "need; such a document is not read."
            )


def xml_sentence(code: int) -> str:
    """Put a fault of well-formedness into one plain sentence.

    :param code: the fault's number in ``xml.parsers.expat.errors.codes``.
    :returns: the sentence.
    """
    errors = xml.parsers.expat.errors
    text = errors.messages.get(code, "not well-formed")
    sentences = {
        errors.XML_ERROR_NO_ELEMENTS: "The document ends before its last element is closed; "
        "the file is probably truncated.",
        errors.XML_ERROR_UNCLOSED_TOKEN: "The document ends inside a tag; "
        "the file is probably truncated.",
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION: "The document ends inside a CDATA section; "
        "the file is probably truncated.",
        errors.XML_ERROR_TAG_MISMATCH: "An element is closed by the tag of another one.",
        errors.XML_ERROR_UNDEFINED_ENTITY: "An entity is used that the document does not declare.",
        errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "An element has the same attribute twice.",
        errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "There is content after the end of the document.",
        errors.XML_ERROR_INVALID_TOKEN: "This is not well-formed XML.",
        errors.XML_ERROR_UNKNOWN_ENCODING: "The encoding is not known; save the file as UTF-8.",
        errors.XML_ERROR_INCORRECT_ENCODING: "The encoding is not the one declared; "
        "save the file as UTF-8.",
    }
    return sentences.get(text, f"This is not well-formed XML: {text}.")

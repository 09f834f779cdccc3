"""Turn what the parser says into one plain sentence that names the likely cause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orthogramic.syntax.detection import looks_like
from orthogramic.syntax.feeds import NOT_UTF_8
from orthogramic.syntax.media import RdfSyntax

_POSITION = re.compile(
    r"^Parser error (?:at|between) line \d+ (?:column \d+|between columns \d+ and \d+)"
    r"(?: and line \d+ column \d+)?: "
)
_BYTE_RANGE = re.compile(r"^at \d+\.\.\d+: ")

TRUNCATED = "The document ends in the middle of a statement; the file is probably truncated."

# What the parser says, and what a person is told; the first match counts.
_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (
            r"Unexpected end|end of file",
            TRUNCATED,
        ),
        (
            r"Invalid UTF-8|invalid utf-8|Only UTF-8",
            NOT_UTF_8,
        ),
        (
            r"The prefix (?P<it>\S*):? has not been declared",
            "The prefix {it} is used but not declared.",
        ),
        (
            r"No scheme found in an absolute IRI",
            "A relative IRI is used, but the document has no base IRI to resolve it.",
        ),
        (
            r"dot is expected at the end of statements|must be followed by a dot",
            "The statement before this place does not end in a dot.",
        ),
        (
            r"LoadDocumentCallback",
            "The document refers to a context elsewhere, and contexts are not fetched from the "
            "network; put the context itself into the document.",
        ),
        (
            r"error while parsing IRI '(?P<it>.*)': (?P<why>.*)",
            "<{it}> is not a valid IRI: {why}.",
        ),
        (
            r"unrecognized entity `(?P<it>.*)`",
            "The entity {it} is used, but the document does not declare it.",
        ),
        (
            r"^(?P<it>\S{1,80}) is not a valid (?P<what>[\w ]*(?:subject|predicate|object|name))$",
            "'{it}' cannot be a {what}; perhaps a dot, a semicolon or a comma is missing.",
        ),
        (r"ENTITY values", "The document declares an entity that is not a simple text."),
        (r"Max stack size", "The document is nested too deep to be read."),
    )
)


@dataclass(frozen=True)
class ParserFault:
    """What the parser said, where.

    :param message: its message without the position.
    :param line: line from 1, if it said one.
    :param column: column from 1 in characters, if it said one.
    """

    message: str
    line: int | None
    column: int | None

    @classmethod
    def of(cls, error: BaseException) -> ParserFault:
        """Read an exception of the parser.

        :param error: a SyntaxError, or whatever else the parser raised.
        :returns: message and position.
        """
        message = _BYTE_RANGE.sub("", _POSITION.sub("", str(error.args[0] if error.args else "")))
        if not isinstance(error, SyntaxError):
            return cls(message, None, None)
        return cls(message, error.lineno, error.offset)


def _known_sentence(message: str) -> str | None:
    for pattern, sentence in _SENTENCES:
        match = pattern.search(message)
        if match is not None:
            return sentence.format(**match.groupdict())
    return None


def _generic_sentence(message: str) -> str:
    text = message.strip().rstrip(".") or "the parser gave no reason"
    return f"{text[0].upper()}{text[1:]}."


def mistaken_syntax(syntax: RdfSyntax, head: bytes) -> str | None:
    """Say so if a document does not look like the syntax that it was taken for.

    :param syntax: the syntax that the document was read as.
    :param head: its first bytes.
    :returns: the sentence; None if nothing speaks against the syntax.
    """
    actual = looks_like(head)
    agreeing = {syntax.label}
    if syntax is RdfSyntax.TRIG:
        agreeing.add(RdfSyntax.TURTLE.label)
    if actual is None or actual in agreeing:
        return None
    return f"The document was read as {syntax.label}, but it looks like {actual}."


def sentence_for(fault: ParserFault, syntax: RdfSyntax, head: bytes) -> str:
    """Say in one sentence what is wrong with a document.

    :param fault: what the parser said.
    :param syntax: the syntax that the document was read as.
    :param head: its first bytes.
    :returns: the sentence.
    """
    mistaken = mistaken_syntax(syntax, head)
    if mistaken is not None:
        return mistaken
    if syntax is RdfSyntax.TURTLE and fault.message.startswith(("{ is not", "} is not")):
        return "Braces are not Turtle; if the document holds named graphs, read it as TriG."
    if syntax is RdfSyntax.NTRIPLES and "must be followed by a dot" in fault.message:
        return "The statement does not end in a dot here; one of four terms would be N-Quads."
    return _known_sentence(fault.message) or _generic_sentence(fault.message)

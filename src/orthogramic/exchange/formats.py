"""The formats that the repository speaks: the one place from which every door lists them.

A format is an entry here, with what it is called, what it carries, and the functions that write
and read it.  Doors iterate over :func:`formats` and never name one themselves, so a further format
is a further entry and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import UnsupportedMediaTypeError
from orthogramic.exchange import archimate
from orthogramic.exchange.exported import Exported
from orthogramic.exchange.writers import write
from orthogramic.metamodel import Metamodel, TargetNotation
from orthogramic.syntax import RdfSyntax, read_quads


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a writer may want to know beyond the quads.

    :param metamodel: the bundle, for formats that depend on it.
    :param prefixes: namespace IRI by prefix.
    :param context: the JSON-LD context document.
    :param context_iri: the address of the context, to refer to it instead of embedding it.
    :param title: what to call the document, for formats that have a title.
    :param subject: IRI of what is exported.
    :param outside: gives classes and labels of a node that the quads only refer to, and for a part
        the statement that it belongs to its owner.
    """

    metamodel: Metamodel | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] | None = None
    context_iri: str | None = None
    title: str = ""
    subject: str = ""
    outside: Callable[[NamedNode], Iterable[Quad]] | None = None


Writer = Callable[[Iterable[Quad], ExportOptions], Iterator[bytes]]
Reader = Callable[[bytes | BinaryIO, str], Iterator[Quad]]


@dataclass(frozen=True, slots=True)
class ExchangeFormat:
    """One format.

    :param name: what it is called in commands and addresses.
    :param label: what it is called by people.
    :param media_type: its registered media type.
    :param extension: its file name extension, with the dot.
    :param description: one sentence: what it is good for and what it cannot carry.
    :param keeps_graphs: whether it says which graph a statement stands in.
    :param write: makes a document of quads; ``None`` where it cannot be exported.
    :param read: makes quads of a document and its name; ``None`` where it cannot be imported.
    :param syntax: the RDF syntax, if it is one.
    """

    name: str
    label: str
    media_type: str
    extension: str
    description: str
    keeps_graphs: bool
    write: Writer | None
    read: Reader | None
    syntax: RdfSyntax | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the description as JSON-serialisable data."""
        return {
            "name": self.name,
            "label": self.label,
            "media_type": self.media_type,
            "extension": self.extension,
            "description": self.description,
            "keeps_graphs": self.keeps_graphs,
            "export": self.write is not None,
            "import": self.read is not None,
        }


_DESCRIPTIONS = {
    RdfSyntax.TURTLE: "One graph, for people to read and to keep under version control.",
    RdfSyntax.TRIG: "All graphs, each under its name, for people to read.",
    RdfSyntax.NTRIPLES: "One graph, a statement on each line: for large data and other programs.",
    RdfSyntax.NQUADS: "All graphs, a statement on each line: for large data and other programs.",
    RdfSyntax.RDFXML: "One graph, for programs that know RDF as XML only; XML cannot carry "
    "control characters, nor properties whose address does not end in a name.",
    RdfSyntax.JSONLD: "All graphs, as JSON with a context that explains its keys.",
}


def _entry(syntax: RdfSyntax) -> ExchangeFormat:
    def write_syntax(quads: Iterable[Quad], options: ExportOptions) -> Iterator[bytes]:
        return write(
            quads,
            syntax,
            prefixes=options.prefixes,
            context=options.context,
            context_iri=options.context_iri,
        )

    def read_syntax(data: bytes | BinaryIO, source: str) -> Iterator[Quad]:
        return read_quads(data, syntax, source=source)

    return ExchangeFormat(
        name=syntax.key,
        label=syntax.label,
        media_type=syntax.media_type,
        extension=syntax.extensions[0],
        description=_DESCRIPTIONS[syntax],
        keeps_graphs=syntax.has_named_graphs,
        write=write_syntax,
        read=read_syntax,
        syntax=syntax,
    )


def _write_archimate(quads: Iterable[Quad], options: ExportOptions) -> Exported:
    return archimate.write_archimate(
        quads,
        options.metamodel,
        title=options.title,
        subject=options.subject,
        outside=options.outside,
    )


_ARCHIMATE = ExchangeFormat(
    name=archimate.FORMAT,
    label="ArchiMate exchange file",
    media_type="application/xml",
    extension=".xml",
    description="Elements, relationships and folders for EA tools, as an ArchiMate Model Exchange "
    "File 3.1; it does not say which graph a statement stands in, and has no views yet.",
    keeps_graphs=False,
    write=_write_archimate,
    read=None,
)


def formats() -> tuple[ExchangeFormat, ...]:
    """Return every format, the preferred one first."""
    return (*(_entry(syntax) for syntax in _DESCRIPTIONS), _ARCHIMATE)


def notations() -> dict[str, TargetNotation]:
    """Return what mappings of a bundle may say, by the name of the format that they lead to."""
    return {archimate.FORMAT: archimate.notation()}


def format_named(name: str) -> ExchangeFormat:
    """Find a format by name.

    :param name: for example ``turtle``; case does not matter.
    :raises UnsupportedMediaTypeError: if there is none of that name; the sentence lists them.
    """
    wanted = name.strip().lower()
    known = formats()
    for each in known:
        if each.name == wanted:
            return each
    names = ", ".join(each.name for each in known)
    raise UnsupportedMediaTypeError(f"There is no format named {name!r}; known are {names}.")

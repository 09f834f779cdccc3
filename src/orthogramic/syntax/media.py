"""The RDF syntaxes and SPARQL result formats that are spoken here, and how to choose among them.

Names, media types and file extensions live here and nowhere else.  Nothing here reads or writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import Self

from pyoxigraph import QueryResultsFormat, RdfFormat

from orthogramic.errors import UnsupportedMediaTypeError


@dataclass(frozen=True)
class _Description:
    """What is known of one format; the first media type and extension are the preferred ones."""

    name: str
    label: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]


def _bare(media_type: str) -> str:
    """Drop the parameters of a media type (``; charset=utf-8``) and fold case."""
    return media_type.partition(";")[0].strip().lower()


class _Format(Enum):
    """A format with its names; the value of a member is its description."""

    @property
    def key(self) -> str:
        """The public name, as used for ``--format`` and ``?format=``."""
        return str(self._description.name)

    @property
    def label(self) -> str:
        """The name for people, for example ``N-Triples``."""
        return str(self._description.label)

    @property
    def media_type(self) -> str:
        """The registered media type."""
        return str(self._description.media_types[0])

    @property
    def media_types(self) -> tuple[str, ...]:
        """The registered media type and other names in use, preferred first."""
        return tuple(self._description.media_types)

    @property
    def extensions(self) -> tuple[str, ...]:
        """File name extensions with their dot, preferred first."""
        return tuple(self._description.extensions)

    @property
    def _description(self) -> _Description:
        description = self.value
        if not isinstance(description, _Description):
            raise TypeError(f"{self.name} has no description")
        return description

    @classmethod
    def of_name(cls, name: str) -> Self:
        """Look a format up by its public name.

        :param name: for example ``turtle``; case does not matter.
        :returns: the format.
        :raises UnsupportedMediaTypeError: if there is none of that name.
        """
        for member in cls:
            if member.key == name.strip().lower():
                return member
        known = ", ".join(member.key for member in cls)
        raise UnsupportedMediaTypeError(f"There is no format named {name!r}; known are {known}.")

    @classmethod
    def of_media_type(cls, media_type: str) -> Self:
        """Look a format up by media type.

        :param media_type: as in a Content-Type header; parameters are ignored.
        :returns: the format.
        :raises UnsupportedMediaTypeError: if no format has this media type.
        """
        bare = _bare(media_type)
        for member in cls:
            if bare in member.media_types:
                return member
        known = ", ".join(member.media_type for member in cls)
        raise UnsupportedMediaTypeError(
            f"Content of type {bare or 'unknown'} cannot be read here; send one of {known}."
        )

    @classmethod
    def of_file_name(cls, file_name: str) -> Self:
        """Look a format up by the extension of a file name.

        :param file_name: a name or path; case does not matter.
        :returns: the format.
        :raises UnsupportedMediaTypeError: if the extension belongs to no format.
        """
        extension = PurePath(file_name).suffix.lower()
        for member in cls:
            if extension in member.extensions:
                return member
        known = ", ".join(each for member in cls for each in member.extensions)
        raise UnsupportedMediaTypeError(
            f"The format of {PurePath(file_name).name!r} cannot be told from its name; "
            f"use one of the extensions {known} or state the format."
        )


class RdfSyntax(_Format):
    """A syntax for RDF graphs or datasets."""

    TURTLE = _Description(
        "turtle", "Turtle", ("text/turtle", "application/turtle", "application/x-turtle"), (".ttl",)
    )
    TRIG = _Description("trig", "TriG", ("application/trig", "application/x-trig"), (".trig",))
    NTRIPLES = _Description(
        "ntriples", "N-Triples", ("application/n-triples", "text/plain"), (".nt",)
    )
    NQUADS = _Description(
        "nquads", "N-Quads", ("application/n-quads", "text/x-nquads", "text/nquads"), (".nq",)
    )
    RDFXML = _Description(
        "rdfxml",
        "RDF/XML",
        ("application/rdf+xml", "application/xml", "text/xml"),
        (".rdf", ".owl", ".xml"),
    )
    JSONLD = _Description(
        "jsonld", "JSON-LD", ("application/ld+json", "application/json"), (".jsonld", ".json")
    )

    @property
    def has_named_graphs(self) -> bool:
        """Whether the syntax can carry named graphs."""
        return self in {RdfSyntax.TRIG, RdfSyntax.NQUADS, RdfSyntax.JSONLD}

    @property
    def rdf_format(self) -> RdfFormat:
        """The parser's and serialiser's name for the syntax."""
        return {
            RdfSyntax.TURTLE: RdfFormat.TURTLE,
            RdfSyntax.TRIG: RdfFormat.TRIG,
            RdfSyntax.NTRIPLES: RdfFormat.N_TRIPLES,
            RdfSyntax.NQUADS: RdfFormat.N_QUADS,
            RdfSyntax.RDFXML: RdfFormat.RDF_XML,
            RdfSyntax.JSONLD: RdfFormat.JSON_LD,
        }[self]


class ResultFormat(_Format):
    """A format for the solutions of SELECT and the answer of ASK."""

    JSON = _Description(
        "json", "JSON", ("application/sparql-results+json", "application/json"), (".srj", ".json")
    )
    XML = _Description(
        "xml",
        "XML",
        ("application/sparql-results+xml", "application/xml", "text/xml"),
        (".srx", ".xml"),
    )
    CSV = _Description("csv", "CSV", ("text/csv",), (".csv",))
    TSV = _Description("tsv", "TSV", ("text/tab-separated-values",), (".tsv",))

    @property
    def results_format(self) -> QueryResultsFormat:
        """The serialiser's name for the format."""
        return {
            ResultFormat.JSON: QueryResultsFormat.JSON,
            ResultFormat.XML: QueryResultsFormat.XML,
            ResultFormat.CSV: QueryResultsFormat.CSV,
            ResultFormat.TSV: QueryResultsFormat.TSV,
        }[self]


def offered_media_types(formats: Iterable[RdfSyntax | ResultFormat]) -> tuple[str, ...]:
    """List the media types of formats for :func:`orthogramic.syntax.negotiate`.

    :param formats: the formats on offer, preferred first.
    :returns: every registered type in that order, then the other names in use.
    """
    members: Sequence[RdfSyntax | ResultFormat] = list(formats)
    registered = [member.media_type for member in members]
    others = [each for member in members for each in member.media_types[1:]]
    return tuple(dict.fromkeys(registered + others))

"""From quads to an exchange file: gather, decide, count, then write piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from orthogramic.exchange.archimate.choices import Choices
from orthogramic.exchange.archimate.document import (
    ExchangeDocument,
    Heading,
)
from orthogramic.exchange.archimate.folders import folder_of_element, folder_of_link
from orthogramic.exchange.archimate.model import Link, Model, Outside
from orthogramic.exchange.archimate.notation import ALWAYS_LEGAL
from orthogramic.exchange.archimate.statements import Node, Statements, address
from orthogramic.exchange.exported import Exported
from orthogramic.metamodel import Metamodel, read_metamodel

_PIECE = 1 << 16
_UNTITLED = "Model"


@dataclass(frozen=True, slots=True)
class Counts:
    """What an export amounts to, and what could not be said as wished.

    :param as_association: relationships for which the type that the mapping names is not legal.
    :param unmapped_elements: elements of a class for which the bundle has no mapping.
    :param unmapped_relationships: relationships for which it has none.
    :param undescribed: elements that are referred to and described nowhere.
    :param not_carried: values with characters that XML cannot carry.
    """

    elements: int
    relationships: int
    as_association: int
    unmapped_elements: int
    unmapped_relationships: int
    undescribed: int
    not_carried: int

    def sentence(self) -> str:
        """Say it in one line; what is nought is left out, except for the first three."""
        parts = [
            _counted(self.elements, "element"),
            _counted(self.relationships, "relationship"),
            f"{self.as_association} written as association",
        ]
        rest = (
            (self.unmapped_elements, "element", "without mapping"),
            (self.unmapped_relationships, "relationship", "without mapping"),
            (self.undescribed, "element", "described nowhere"),
            (self.not_carried, "value", "with characters that XML cannot carry"),
        )
        parts += [f"{_counted(count, what)} {how}" for count, what, how in rest if count]
        return f"{', '.join(parts)}."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def write_archimate(
    quads: Iterable[Quad],
    metamodel: Metamodel | None,
    *,
    title: str = "",
    subject: str = "",
    outside: Outside | None = None,
) -> Exported:
    """Write an ArchiMate Model Exchange File 3.1.

    :param quads: what to export, in any order; inferred quads are left out.
    :param metamodel: the bundle, with its mapping if it has one.
    :param title: what the model is called.
    :param subject: IRI of what is exported, from which the identifier of the model follows.
    :param outside: gives classes and labels of nodes that are only referred to, and the statement
        by which a part belongs to its owner.
    :returns: the document, alike for the same statements in any order, with a summary.
    """
    metamodel = metamodel or read_metamodel([])
    model = Model(Statements(quads, metamodel), metamodel, outside or _nothing)
    model.build()
    choices = Choices(model)
    elements = sorted(
        model.elements(), key=lambda each: (*folder_of_element(model, each), address(each))
    )
    links = sorted(model.links, key=lambda each: (*folder_of_link(model, each), *_ends(each)))
    summary = _count(model, choices, elements, links).sentence()
    heading = Heading(title or _UNTITLED, subject, summary)
    document = ExchangeDocument(model, choices, elements, links, heading)
    return Exported(_joined(document.pieces()), summary)


def _nothing(_node: NamedNode) -> Iterable[Quad]:
    return ()


def _ends(link: Link) -> tuple[str, str, str]:
    return link.property_iri.value, address(link.source), address(link.target)


def _count(
    model: Model, choices: Choices, elements: Sequence[Node], links: Sequence[Link]
) -> Counts:
    chosen = [choices.relationship(each) for each in links]
    return Counts(
        elements=len(elements),
        relationships=len(links),
        as_association=sum(
            not each.wanted and each.relationship_kind == ALWAYS_LEGAL for each in chosen
        ),
        unmapped_elements=sum(
            not choices.element(each).mapped for each in elements if each not in model.undescribed
        ),
        unmapped_relationships=sum(not each.mapped for each in chosen),
        undescribed=len(model.undescribed),
        not_carried=model.statements.not_carried,
    )


def _joined(pieces: Iterator[str]) -> Iterator[bytes]:
    """Join small pieces to blocks of useful size."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()

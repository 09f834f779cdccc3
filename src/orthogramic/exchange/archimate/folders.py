"""The folders of a model: by domain of the bundle, then by class, or by verb for relationships."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from pyoxigraph import NamedNode

from orthogramic.exchange.archimate.model import Link, Model
from orthogramic.exchange.archimate.statements import Node
from orthogramic.exchange.archimate.xml_text import escaped
from orthogramic.syntax import local_name

_OTHER = "Other"

#: A folder and the folder within it.
Folder = tuple[str, str]
_Item = TypeVar("_Item", Node, Link)


def folder_of_element(model: Model, node: Node) -> Folder:
    """Return where an element is filed: its domain and its class."""
    term = model.class_of(node)
    if term is None:
        classes = model.statements.classes(node)
        return _OTHER, local_name(classes[0]) if classes else _OTHER
    return _domain(model, term.module), term.label


def folder_of_link(model: Model, link: Link) -> Folder:
    """Return where a relationship is filed: the domain of its property, and its verb."""
    term = model.metamodel.properties.get(link.property_iri)
    verb = model.metamodel.verb(link.property_iri, forward=True)
    return _domain(model, term.module if term else None), verb


def _domain(model: Model, module: NamedNode | None) -> str:
    known = model.metamodel.modules.get(module) if module else None
    return known.label if known else _OTHER


def folders(
    items: Iterable[_Item],
    folder: Callable[[_Item], Folder],
    name: Callable[[_Item], str],
    indent: int,
) -> Iterator[str]:
    """Yield the folders of an exchange file.

    :param items: what is filed, sorted by folder.
    :param folder: tells where an item is filed.
    :param name: the identifier of an item.
    :param indent: how far the folders are indented.
    """
    margin = " " * indent
    for outer, inside in groupby(items, key=lambda each: folder(each)[0]):
        yield f"{margin}<item>\n{margin}  <label>{escaped(outer)}</label>\n"
        for inner, members in groupby(inside, key=lambda each: folder(each)[1]):
            yield f"{margin}  <item>\n{margin}    <label>{escaped(inner)}</label>\n"
            for each in members:
                yield f'{margin}    <item identifierRef="{name(each)}"/>\n'
            yield f"{margin}  </item>\n"
        yield f"{margin}</item>\n"

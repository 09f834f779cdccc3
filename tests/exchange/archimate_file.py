"""An exchange file as its readers see it: parsed by lxml, judged by the official schema and table.

Nothing here uses the engine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

SCHEMAS = Path(__file__).with_name("archimate-xsd")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "ea-exchange"
NAMESPACE = "http://www.opengroup.org/xsd/archimate/3.0/"
_TAG = f"{{{NAMESPACE}}}"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Concept:
    """An element or a relationship. ``properties`` has all values by the name of the definition."""

    identifier: str
    type: str
    names: tuple[tuple[str, str | None], ...]
    documentation: tuple[str, ...]
    properties: dict[str, list[str]]
    source: str = ""
    target: str = ""
    details: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The first name, which is what tools show."""
        return self.names[0][0]

    def value(self, name: str) -> str:
        """Return the only value of a property."""
        (value,) = self.properties[name]
        return value


@dataclass(frozen=True)
class ExchangeFile:
    """A whole file."""

    name: str
    documentation: str
    elements: list[Concept]
    relationships: list[Concept]
    folders: dict[str, tuple[str, ...]]
    definitions: dict[str, str]

    def element(self, name: str) -> Concept:
        """Return the only element of a name."""
        (found,) = (each for each in self.elements if each.name == name)
        return found

    def between(self, source: str, target: str) -> list[Concept]:
        """Return the relationships from one element to another, by name."""
        ends = self.element(source).identifier, self.element(target).identifier
        return [each for each in self.relationships if (each.source, each.target) == ends]


class _Local(etree.Resolver):  # type: ignore[misc] # lxml publishes no types
    """Takes the schema of the XML namespace from the folder instead of the network."""

    def resolve(self, system_url: str, public_id: str, context: object) -> object:
        """Answer for the one address that the schema imports from elsewhere."""
        if system_url.startswith("http") and system_url.endswith("xml.xsd"):
            return self.resolve_filename(str(SCHEMAS / "xml.xsd"), context)
        return None


@cache
def _schema() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "all.xsd"), parser))


def read(data: bytes) -> ExchangeFile:
    """Parse an exchange file that must be valid.

    :raises etree.DocumentInvalid: if the official schema refuses it.
    """
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, no_network=True))
    _schema().assertValid(root)
    definitions = {
        each.get("identifier"): each.findtext(f"{_TAG}name")
        for each in root.iter(f"{_TAG}propertyDefinition")
    }
    return ExchangeFile(
        name=root.findtext(f"{_TAG}name"),
        documentation=root.findtext(f"{_TAG}documentation"),
        elements=[_concept(each, definitions) for each in root.iter(f"{_TAG}element")],
        relationships=[_concept(each, definitions) for each in root.iter(f"{_TAG}relationship")],
        folders=_folders(root),
        definitions=definitions,
    )


def _concept(node: etree._Element, definitions: dict[str, str]) -> Concept:
    properties: dict[str, list[str]] = defaultdict(list)
    for each in node.iter(f"{_TAG}property"):
        name = definitions[each.get("propertyDefinitionRef")]
        properties[name].append(each.findtext(f"{_TAG}value") or "")
    known = {"identifier", "source", "target", _TYPE}
    return Concept(
        identifier=node.get("identifier"),
        type=node.get(_TYPE),
        names=tuple((each.text or "", each.get(_LANGUAGE)) for each in node.findall(f"{_TAG}name")),
        documentation=tuple(each.text or "" for each in node.findall(f"{_TAG}documentation")),
        properties=dict(properties),
        source=node.get("source", ""),
        target=node.get("target", ""),
        details=tuple(sorted((k, v) for k, v in node.attrib.items() if k not in known)),
    )


def _folders(root: etree._Element) -> dict[str, tuple[str, ...]]:
    """Return the folders above each filed concept, the outermost first."""
    found = {}
    for each in root.iter(f"{_TAG}item"):
        if each.get("identifierRef"):
            above = [up.findtext(f"{_TAG}label") for up in each.iterancestors(f"{_TAG}item")]
            assert each.get("identifierRef") not in found, "filed twice"
            found[each.get("identifierRef")] = tuple(reversed(above))
    return found


def check(file: ExchangeFile, legal: dict[tuple[str, str], frozenset[str]]) -> None:
    """Check what the schema does not: legality, references to the right kind, folders."""
    types = {each.identifier: each.type for each in file.elements}
    identifiers = [*types, *(each.identifier for each in file.relationships)]
    assert len(identifiers) == len(file.elements) + len(file.relationships)
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", each) for each in identifiers)
    for each in file.relationships:
        pair = (types[each.source], types[each.target])
        assert each.type in legal[pair], f"{each.type} from {pair[0]} to {pair[1]}"
    assert set(file.folders) == set(identifiers)
    assert all(each.name for each in file.elements)
    names = list(file.definitions.values())
    assert len(set(names)) == len(names)


def legal_by_archi() -> dict[tuple[str, str], frozenset[str]] | None:
    """Return Archi's own table, where it lies beside the repository."""
    folder = SHARED / "matrix"
    if not folder.is_dir():
        return None
    keys = etree.parse(str(folder / "relationships-keys.xml")).getroot()
    letters = {
        each.get("char"): each.get("relationship").removesuffix("Relationship")
        for each in keys.iter("key")
    }
    table = etree.parse(str(folder / "relationships.xml")).getroot()
    return {
        (source.get("concept"), target.get("concept")): frozenset(
            letters[each] for each in target.get("relations")
        )
        for source in table.iter("source")
        for target in source.iter("target")
    }

"""The exchange file itself, piece by piece, in one fixed order.

Source: ArchiMate Model Exchange File Format 3.1 (The Open Group), whose schema fixes the sequence:
name, documentation, metadata, elements, relationships, organizations, property definitions. Views
would follow the definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from orthogramic.exchange.archimate.choices import Choices, RelationshipChoice
from orthogramic.exchange.archimate.describing import Describer, Text
from orthogramic.exchange.archimate.folders import folder_of_element, folder_of_link, folders
from orthogramic.exchange.archimate.identifiers import (
    element_identifier,
    identifier,
    link_identifier,
)
from orthogramic.exchange.archimate.model import Link, Model
from orthogramic.exchange.archimate.notation import ACCESS, ALWAYS_LEGAL, INFLUENCE
from orthogramic.exchange.archimate.properties import (
    IRI,
    RELATIONSHIP_IRI,
    Definitions,
    PropertyValue,
)
from orthogramic.exchange.archimate.statements import Node, address
from orthogramic.exchange.archimate.xml_text import escaped

_NAMESPACE = "http://www.opengroup.org/xsd/archimate/3.0/"
_SCHEMA = "http://www.opengroup.org/xsd/archimate/3.1/archimate3_Model.xsd"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_DUBLIN_CORE_SCHEMA = "http://www.opengroup.org/xsd/archimate/3.1/dc.xsd"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<model xmlns="{_NAMESPACE}" xmlns:dc="{_DUBLIN_CORE}"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xsi:schemaLocation="{_NAMESPACE} {_SCHEMA} {_DUBLIN_CORE} {_DUBLIN_CORE_SCHEMA}"'
)
_CREATOR = "Orthogramic"
#: Archi keeps relationships in the folder of this name.
_RELATIONSHIP_FOLDER = "Relations"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the file says about itself."""

    title: str
    subject: str
    summary: str


class ExchangeDocument:
    """Writes one model."""

    def __init__(
        self,
        model: Model,
        choices: Choices,
        elements: Sequence[Node],
        links: Sequence[Link],
        heading: Heading,
    ) -> None:
        self._model = model
        self._choices = choices
        self._elements = elements
        self._links = links
        self._heading = heading
        self._definitions = Definitions(model.metamodel)
        self._describer = Describer(model, self._definitions)

    def pieces(self) -> Iterator[str]:
        """Yield the document."""
        yield from self._head()
        if self._elements:
            yield "  <elements>\n"
            yield from map(self._element, self._elements)
            yield "  </elements>\n"
        if self._links:
            yield "  <relationships>\n"
            yield from map(self._relationship, self._links)
            yield "  </relationships>\n"
        if self._elements:
            yield from self._organizations()
            yield from self._property_definitions()
        yield "</model>\n"

    def _head(self) -> Iterator[str]:
        heading = self._heading
        yield f'{_HEAD} identifier="{identifier("model", heading.subject)}">\n'
        yield _texts("name", [(heading.title, None)], 2)
        yield _texts("documentation", [(heading.summary, None)], 2)
        yield "  <metadata>\n    <schema>Dublin Core</schema>\n"
        yield "    <schemaversion>1.1</schemaversion>\n"
        said = (("title", heading.title), ("creator", _CREATOR), ("identifier", heading.subject))
        for name, text in said:
            yield f"    <dc:{name}>{escaped(text)}</dc:{name}>\n"
        yield "  </metadata>\n"

    # -- concepts ----------------------------------------------------------------------------

    def _element(self, node: Node) -> str:
        choice = self._choices.element(node)
        told = self._describer.element(node, choice)
        return (
            f'    <element identifier="{element_identifier(node)}"'
            f' xsi:type="{choice.element_kind}">\n'
            f"{_texts('name', told.names, 6)}{_texts('documentation', told.running_text, 6)}"
            f"{_properties(told.properties)}    </element>\n"
        )

    def _relationship(self, link: Link) -> str:
        choice = self._choices.relationship(link)
        ends = (link.target, link.source) if choice.reversed else (link.source, link.target)
        source, target = map(element_identifier, ends)
        name = self._model.metamodel.verb(link.property_iri, forward=not choice.reversed)
        facts = self._model.facts(link)
        iri = PropertyValue(self._definitions.use(RELATIONSHIP_IRI), link.property_iri.value)
        nodes = [
            PropertyValue(self._definitions.use(IRI), address(each))
            for each in sorted(self._model.links[link], key=address)
        ]
        kind = f'xsi:type="{choice.relationship_kind}"{self._details(link, choice)}'
        return (
            f'    <relationship identifier="{link_identifier(link)}" source="{source}"'
            f' target="{target}" {kind}>\n'
            f"{_texts('name', [(name, None)], 6)}"
            f"{_texts('documentation', self._describer.running_text(facts), 6)}"
            f"{_properties([iri, *nodes, *self._describer.values(facts)])}    </relationship>\n"
        )

    def _details(self, link: Link, choice: RelationshipChoice) -> str:
        """Return what only one type of relationship has."""
        term = self._model.metamodel.properties.get(link.property_iri)
        if choice.relationship_kind == ALWAYS_LEGAL and not (term and term.symmetric):
            return ' isDirected="true"'
        if choice.relationship_kind == ACCESS and choice.access_type:
            return f' accessType="{choice.access_type}"'
        if choice.relationship_kind == INFLUENCE and choice.modifier:
            return f' modifier="{escaped(choice.modifier)}"'
        return ""

    # -- folders and definitions -------------------------------------------------------------

    def _organizations(self) -> Iterator[str]:
        yield "  <organizations>\n"
        of_element = partial(folder_of_element, self._model)
        yield from folders(self._elements, of_element, element_identifier, 4)
        if self._links:
            yield f"    <item>\n      <label>{_RELATIONSHIP_FOLDER}</label>\n"
            of_link = partial(folder_of_link, self._model)
            yield from folders(self._links, of_link, link_identifier, 6)
            yield "    </item>\n"
        yield "  </organizations>\n"

    def _property_definitions(self) -> Iterator[str]:
        yield "  <propertyDefinitions>\n"
        for each in self._definitions.used():
            yield (
                f'    <propertyDefinition identifier="{each.identifier}" type="{each.type}">\n'
                f"      <name>{escaped(each.name)}</name>\n    </propertyDefinition>\n"
            )
        yield "  </propertyDefinitions>\n"


def _texts(tag: str, texts: Iterable[Text], indent: int) -> str:
    return "".join(
        f"{' ' * indent}<{tag}{_language(language)}>{escaped(text)}</{tag}>\n"
        for text, language in texts
    )


def _properties(values: Sequence[PropertyValue]) -> str:
    if not values:
        return ""
    lines = "".join(
        f'        <property propertyDefinitionRef="{each.definition.identifier}">\n'
        f"          <value{_language(each.language)}>{escaped(each.text)}</value>\n"
        "        </property>\n"
        for each in values
    )
    return f"      <properties>\n{lines}      </properties>\n"


def _language(language: str | None) -> str:
    return f' xml:lang="{language}"' if language else ""

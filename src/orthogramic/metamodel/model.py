"""What a bundle says, as plain immutable data.

Nothing here reads a file or asks a store: :mod:`orthogramic.metamodel.reading` makes these values
from parsed Turtle, and every other room only looks at them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pyoxigraph import Literal, NamedNode

Term = NamedNode | Literal


class ClassKind(StrEnum):
    """What the instances of a class are to the repository."""

    ENTITY = "entity"
    STRUCTURE = "structure"
    QUALIFIED_RELATIONSHIP = "qualified-relationship"
    OTHER = "other"


class PropertyKind(StrEnum):
    """What a property connects."""

    ATTRIBUTE = "attribute"
    RELATIONSHIP = "relationship"
    CONTAINMENT = "containment"
    STRUCTURE_REFERENCE = "structure-reference"


class Flow(StrEnum):
    """Which end of a relationship feels a change of the other end."""

    OBJECT_TO_SUBJECT = "object-to-subject"
    SUBJECT_TO_OBJECT = "subject-to-object"
    BOTH = "both"
    NONE = "none"

    def flipped(self) -> Flow:
        """Return the flow as seen from the inverse property."""
        if self is Flow.OBJECT_TO_SUBJECT:
            return Flow.SUBJECT_TO_OBJECT
        if self is Flow.SUBJECT_TO_OBJECT:
            return Flow.OBJECT_TO_SUBJECT
        return self


class Modality(StrEnum):
    """Whether a change is sure to be felt over a step."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class Severity(StrEnum):
    """Severity of a shape, as SHACL names it; only violations block a write."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Module:
    """One ontology module: a domain or an extension."""

    iri: NamedNode
    label: str
    description: str
    version: str | None


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """One class. ``parents`` and ``ancestors`` exclude the class itself.

    ``key_scope`` is the relationship to the entity within which the business key is unique.
    """

    iri: NamedNode
    name: str
    label: str
    definition: str
    module: NamedNode | None
    kind: ClassKind
    parents: tuple[NamedNode, ...]
    ancestors: tuple[NamedNode, ...]
    business_key: NamedNode | None
    key_scope: NamedNode | None = None


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """One property. ``ranges`` lists the members of a union range.

    ``primary`` names the other property of a pair of inverses if that one is the declared
    direction; ``inverse`` names the other property of the pair, whichever is primary.
    """

    iri: NamedNode
    name: str
    label: str
    definition: str
    module: NamedNode | None
    kind: PropertyKind
    parents: tuple[NamedNode, ...]
    ancestors: tuple[NamedNode, ...]
    domains: tuple[NamedNode, ...]
    ranges: tuple[NamedNode, ...]
    inverse: NamedNode | None
    primary: NamedNode | None
    symmetric: bool
    towards_parent: bool = False


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """One property shape of one target class.

    ``path`` is the property; ``inverse_path`` is true where the shape walks it backwards, and
    ``path`` is ``None`` where the path is a longer expression. ``steps`` has every way in which a
    path of one step can be gone: a property, and whether it is walked backwards. It is empty for
    paths of more steps.
    """

    iri: NamedNode
    target_class: NamedNode
    path: NamedNode | None
    inverse_path: bool
    steps: tuple[tuple[NamedNode, bool], ...]
    name: str
    description: str
    order: float
    severity: Severity
    message: str
    min_count: int
    max_count: int | None
    datatype: NamedNode | None
    value_class: NamedNode | None
    allowed: tuple[Term, ...]
    ordered: bool
    json_key: str | None
    reference_key: NamedNode | None


@dataclass(frozen=True, slots=True)
class ImpactRule:
    """How a change propagates over one property. ``support`` is ``all``, ``any`` or a count."""

    iri: NamedNode
    property: NamedNode
    flow: Flow
    weight: float
    modality: Modality
    support: str | int
    reason: str


@dataclass(frozen=True, slots=True)
class ImpactProfile:
    """A named set of impact rules.

    ``effective`` gives the rule of each relationship property over which this profile lets a
    change propagate: sub-properties inherit the most specific rule, inverses have the flow
    flipped. A property that is not in it does not propagate.
    """

    iri: NamedNode
    name: str
    label: str
    description: str
    default_strength: int
    is_default: bool
    rules: tuple[ImpactRule, ...]
    effective: Mapping[NamedNode, ImpactRule] = field(compare=False)


class ParameterType(StrEnum):
    """Types of the parameters of a saved query."""

    ENTITY = "entity"
    INTEGER = "integer"
    DECIMAL = "decimal"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"
    IRI = "iri"


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """One parameter of a saved query; its name is the SPARQL variable that it binds."""

    name: str
    type: ParameterType
    description: str
    required: bool
    default: str | None
    entity_class: NamedNode | None

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data."""
        return {
            "name": self.name,
            "type": self.type.value,
            "class": self.entity_class.value if self.entity_class else None,
            "required": self.required,
            "default": self.default,
            "description": self.description,
        }


class Display(StrEnum):
    """How an answer is best shown."""

    TABLE = "table"
    MATRIX = "matrix"
    BARS = "bars"
    LAYERED_GRAPH = "layered-graph"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One ``.rq`` file with its header."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[QueryParameter, ...]
    display: Display
    text: str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-serialisable data: what a person or form needs to ask the query."""
        return {
            "name": self.name,
            "summary": self.summary,
            "description": self.description,
            "tags": list(self.tags),
            "parameters": [each.to_dict() for each in self.parameters],
            "display": self.display.value,
            "text": self.text,
        }

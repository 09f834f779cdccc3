"""Classes, properties and modules, read from OWL and RDFS (OWL 2 RDF-Based Semantics, section 5).

Only what is declared counts: domain and range never make a thing an instance of a class.
"""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode

from orthogramic.metamodel.documents import DocumentIndex
from orthogramic.metamodel.model import ClassKind, ClassTerm, Module, PropertyKind, PropertyTerm
from orthogramic.syntax import local_name
from orthogramic.vocabulary import DCTERMS, KR, OWL, RDFS, SKOS

#: Roots that decide what the instances of a class are, in the order of precedence.
_ROOTS = (
    (KR.QualifiedRelationship, ClassKind.QUALIFIED_RELATIONSHIP),
    (KR.StructuralNode, ClassKind.STRUCTURE),
    (KR.Entity, ClassKind.ENTITY),
)


def read_modules(index: DocumentIndex) -> dict[NamedNode, Module]:
    """Read the ontology headers."""
    modules = {}
    for iri in index.named_instances(OWL.Ontology):
        version = index.node(iri, OWL.versionIRI)
        modules[iri] = Module(
            iri=iri,
            label=index.text(iri, RDFS.label) or index.text(iri, DCTERMS.title) or local_name(iri),
            description=index.text(iri, DCTERMS.description) or index.text(iri, RDFS.comment) or "",
            version=local_name(version) if version else None,
        )
    return modules


def read_classes(index: DocumentIndex) -> dict[NamedNode, ClassTerm]:
    """Read the named classes and judge what their instances are."""
    return {iri: _class(index, iri) for iri in index.named_instances(OWL.Class)}


def _class(index: DocumentIndex, iri: NamedNode) -> ClassTerm:
    ancestors = tuple(index.closure(iri, RDFS.subClassOf))
    for parent in ancestors:
        if iri in set(index.closure(parent, RDFS.subClassOf)):
            index.fault(iri, f"{local_name(iri)} is its own superclass", RDFS.subClassOf)
            break
    for parent in index.nodes(iri, RDFS.subClassOf):
        if not index.is_a(parent, OWL.Class) and parent != OWL.Thing:
            index.fault(
                iri, f"superclass <{parent.value}> is not declared anywhere", RDFS.subClassOf
            )
    family = (iri, *ancestors)
    kind = _kind(iri, ancestors)
    key = _business_key(index, iri, ancestors)
    if kind is ClassKind.ENTITY and key is None and iri != KR.Entity:
        index.fault(iri, f"entity class {local_name(iri)} has no kr:businessKey")
    return ClassTerm(
        iri=iri,
        name=local_name(iri),
        label=_label(index, iri),
        definition=index.text(iri, SKOS.definition) or "",
        module=index.node(iri, RDFS.isDefinedBy),
        kind=kind,
        parents=tuple(index.nodes(iri, RDFS.subClassOf)),
        ancestors=tuple(each for each in ancestors if each != iri),
        business_key=key,
        key_scope=next(filter(None, (index.node(each, KR.keyScope) for each in family)), None),
    )


def _kind(iri: NamedNode, ancestors: tuple[NamedNode, ...]) -> ClassKind:
    family = {iri, *ancestors}
    return next((kind for root, kind in _ROOTS if root in family), ClassKind.OTHER)


def _business_key(
    index: DocumentIndex, iri: NamedNode, ancestors: tuple[NamedNode, ...]
) -> NamedNode | None:
    for each in (iri, *ancestors):
        key = index.node(each, KR.businessKey)
        if key is not None:
            if not index.is_a(key, OWL.DatatypeProperty):
                index.fault(
                    iri, f"business key <{key.value}> is no datatype property", KR.businessKey
                )
            return key
    return None


def read_properties(
    index: DocumentIndex, classes: dict[NamedNode, ClassTerm]
) -> dict[NamedNode, PropertyTerm]:
    """Read the datatype and object properties; ``classes`` decides which are relationships."""
    inverses = _inverses(index)
    found: dict[NamedNode, PropertyTerm] = {}
    for iri in index.named_instances(OWL.DatatypeProperty):
        if index.is_a(iri, OWL.ObjectProperty):
            index.fault(iri, f"{local_name(iri)} is both a datatype and an object property")
            continue
        found[iri] = _property(index, iri, PropertyKind.ATTRIBUTE, inverses)
    for iri in index.named_instances(OWL.ObjectProperty):
        found[iri] = _property(index, iri, _link_kind(index, iri, classes), inverses)
    return found


def _inverses(index: DocumentIndex) -> dict[NamedNode, tuple[NamedNode, NamedNode | None]]:
    """Map each property of a pair to (the other one, the primary one unless it is itself)."""
    pairs: dict[NamedNode, tuple[NamedNode, NamedNode | None]] = {}
    for iri in index.named_instances(OWL.ObjectProperty):
        for primary in index.nodes(iri, OWL.inverseOf):
            if not index.is_a(primary, OWL.ObjectProperty):
                index.fault(iri, f"inverse <{primary.value}> is no object property", OWL.inverseOf)
            elif iri in pairs or primary in pairs:
                index.fault(
                    iri, f"{local_name(iri)} is in more than one pair of inverses", OWL.inverseOf
                )
            else:
                pairs[iri] = (primary, primary)
                pairs[primary] = (iri, None)
    return pairs


def _link_kind(
    index: DocumentIndex, iri: NamedNode, classes: dict[NamedNode, ClassTerm]
) -> PropertyKind:
    domains = [classes[each] for each in _union(index, iri, RDFS.domain) if each in classes]
    ranges = [classes[each] for each in _union(index, iri, RDFS.range) if each in classes]
    if ranges and all(each.kind is ClassKind.STRUCTURE for each in ranges):
        return PropertyKind.CONTAINMENT
    if any(each.kind is not ClassKind.ENTITY for each in (*domains, *ranges)):
        return PropertyKind.STRUCTURE_REFERENCE
    return PropertyKind.RELATIONSHIP


def _property(
    index: DocumentIndex,
    iri: NamedNode,
    kind: PropertyKind,
    inverses: dict[NamedNode, tuple[NamedNode, NamedNode | None]],
) -> PropertyTerm:
    inverse, primary = inverses.get(iri, (None, None))
    return PropertyTerm(
        iri=iri,
        name=local_name(iri),
        label=_label(index, iri),
        definition=index.text(iri, SKOS.definition) or "",
        module=index.node(iri, RDFS.isDefinedBy),
        kind=kind,
        parents=tuple(index.nodes(iri, RDFS.subPropertyOf)),
        ancestors=tuple(each for each in index.closure(iri, RDFS.subPropertyOf) if each != iri),
        domains=_union(index, iri, RDFS.domain),
        ranges=_union(index, iri, RDFS.range),
        inverse=inverse,
        primary=primary,
        symmetric=index.is_a(iri, OWL.SymmetricProperty),
        towards_parent=index.text(iri, KR.towardsParent) in ("true", "1"),
    )


def _union(index: DocumentIndex, iri: NamedNode, predicate: NamedNode) -> tuple[NamedNode, ...]:
    """Return the named classes of a domain or range, those of an ``owl:unionOf`` included."""
    found: list[NamedNode] = []
    for each in index.objects(iri, predicate):
        if isinstance(each, NamedNode):
            found.append(each)
        elif isinstance(each, BlankNode):
            for head in index.objects(each, OWL.unionOf):
                found.extend(m for m in index.members(head) if isinstance(m, NamedNode))
    return tuple(found)


def _label(index: DocumentIndex, iri: NamedNode) -> str:
    label = index.text(iri, RDFS.label)
    if label is None:
        index.fault(iri, f"{local_name(iri)} has no rdfs:label")
        return local_name(iri)
    return label

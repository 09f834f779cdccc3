"""From the statements about an entity to its document: always the same for the same statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from orthogramic.metamodel import ClassKind, ClassTerm, Metamodel, PropertyKind
from orthogramic.repository.documents.forms import Form, Forms, Member
from orthogramic.repository.documents.references import References, key_of
from orthogramic.repository.documents.state import EntityState, Value
from orthogramic.repository.documents.values import Values
from orthogramic.vocabulary import KR, RDF

Document = dict[str, Any]

_ENDS = frozenset({KR.source, KR.property, KR.target})
_LINKING = frozenset({PropertyKind.RELATIONSHIP, PropertyKind.STRUCTURE_REFERENCE})


class Rendering:
    """Writes documents of one repository."""

    def __init__(
        self, metamodel: Metamodel, forms: Forms, values: Values, references: References
    ) -> None:
        self._metamodel = metamodel
        self._forms = forms
        self._values = values
        self._references = references

    def document(self, state: EntityState) -> Document:
        """Return the document of an entity."""
        term = self.class_of(state, state.entity)
        return {
            "class": self.class_name(term.iri),
            "key": key_of(state.entity),
            "iri": state.entity.value,
            **self._further_classes(state, state.entity, term.iri),
            **self._members(state, state.entity, self._forms.of(term)),
        }

    def part(self, state: EntityState, node: NamedNode, member: Member) -> Document:
        """Return the nested object of a structural node, without its position."""
        term = self.class_of(state, node)
        expected = term.iri == member.value_class
        return {
            **({} if expected else {"class": self.class_name(term.iri)}),
            "iri": node.value,
            **self._further_classes(state, node, term.iri),
            **self._members(state, node, self._forms.of(term)),
        }

    def class_of(self, state: EntityState, node: NamedNode) -> ClassTerm:
        """Return the most specific class that a node is said to have."""
        stated = [each for each in state.nodes(node, RDF.type) if each != KR.Entity]
        found = self._metamodel.most_specific(tuple(stated))
        return self._metamodel.classes[found] if found else _UNKNOWN

    def class_name(self, iri: NamedNode) -> str:
        """Return the shortest name that leads to a class."""
        term = self._metamodel.classes.get(iri)
        if term is not None and self._metamodel.class_named(term.name).iri == iri:
            return term.name
        return self._metamodel.curie(iri.value)

    def _further_classes(self, state: EntityState, node: NamedNode, shown: NamedNode) -> Document:
        stated = state.nodes(node, RDF.type)
        if set(stated) <= {shown}:
            return {}
        return {"classes": sorted(self.class_name(each) for each in stated)}

    # -- members -----------------------------------------------------------------------------------

    def _members(self, state: EntityState, node: NamedNode, form: Form) -> Document:
        found: Document = {}
        for predicate, values in state.statements.get(node, {}).items():
            if predicate == RDF.type or (node in state.parts and predicate == KR.position):
                continue
            member = form.of_property(predicate)
            found[member.name] = self._value(state, node, member, values)
        return {name: found[name] for name in sorted(found, key=form.rank)}

    def _value(
        self, state: EntityState, node: NamedNode, member: Member, values: Iterable[Value]
    ) -> Any:
        said = sorted(values, key=lambda each: _order(each, member))
        if member.kind is PropertyKind.CONTAINMENT:
            items = self._parts(state, node, member)
            items += [self._values.write(each, None) for each in said if each not in state.parts]
        elif member.kind in _LINKING:
            items = [item for each in said for item in self._links(state, node, member, each)]
        else:
            items = [self._values.write(each, member.datatype) for each in said]
        return items[0] if len(items) == 1 and not member.many else items

    def _parts(self, state: EntityState, node: NamedNode, member: Member) -> list[Document]:
        parts = state.parts_of(node, member.property)
        positions = [state.position(each) for each in parts]
        usual = list(range(1, len(parts) + 1)) if member.many else [None] * len(parts)
        documents = [self.part(state, each, member) for each in parts]
        if positions == usual:
            return documents
        return [
            {**document, "position": position}
            for document, position in zip(documents, positions, strict=True)
        ]

    # -- links -------------------------------------------------------------------------------------

    def _links(
        self, state: EntityState, node: NamedNode, member: Member, target: Value
    ) -> list[Any]:
        if isinstance(target, Literal):
            return [self._values.write(target, None)]
        name = self._references.name_of(target)
        if node != state.entity:
            return [name]
        nodes = state.links_to(member.property, target)
        return [{"to": name, **self._facts(state, each)} for each in nodes] or [name]

    def _facts(self, state: EntityState, node: NamedNode) -> Document:
        form = self._forms.of_links()
        stated: Mapping[NamedNode, Iterable[Value]] = state.statements[node]
        facts: Document = {}
        for predicate in stated:
            if predicate in _ENDS or predicate == RDF.type:
                continue
            member = form.of_property(predicate)
            said = sorted(stated[predicate], key=lambda each: _order(each, member))
            items = [self._values.write(each, member.datatype) for each in said]
            facts[member.name] = items[0] if len(items) == 1 and not member.many else items
        return {
            "iri": node.value,
            **self._further_classes(state, node, KR.QualifiedRelationship),
            **{name: facts[name] for name in sorted(facts, key=form.rank)},
        }


def _order(value: Value, member: Member) -> tuple[int, str]:
    """Return where a value stands: closed lists in their order, everything else by its text."""
    known = value.value in member.ranked
    rank = member.ranked.index(value.value) if known else len(member.ranked)
    return (rank, str(value))


#: Stands for the class of a node that no known class describes.
_UNKNOWN = ClassTerm(
    iri=KR.Entity,
    name="Entity",
    label="entity",
    definition="",
    module=None,
    kind=ClassKind.OTHER,
    parents=(),
    ancestors=(),
    business_key=None,
)

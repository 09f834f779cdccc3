"""Create, replace, patch and delete entities, each as one gated change.

What is there, what is demanded of it and what becomes of it are all looked at while other writes
wait, so that of two who write at once from the same state exactly one wins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from pyoxigraph import NamedNode, Quad

from orthogramic.errors import (
    EntityExistsError,
    InvalidDocumentError,
    UnknownEntityError,
    UnknownTermError,
)
from orthogramic.metamodel import ClassTerm
from orthogramic.repository.bounds import bounded
from orthogramic.repository.catalogue import EntitySummary
from orthogramic.repository.changes import Intention
from orthogramic.repository.documents.drafting import Draft, Said
from orthogramic.repository.documents.faults import below
from orthogramic.repository.documents.forms import Form
from orthogramic.repository.documents.instruments import instruments_of
from orthogramic.repository.documents.json_text import check_document
from orthogramic.repository.documents.patching import merged
from orthogramic.repository.documents.reading import Reading
from orthogramic.repository.documents.references import key_of
from orthogramic.repository.documents.referrers import Referrers
from orthogramic.repository.documents.rendering import Document
from orthogramic.repository.documents.state import EntityState, States
from orthogramic.repository.documents.subjects import Subjects
from orthogramic.repository.documents.tags import tag_of
from orthogramic.repository.documents.written_entity import EntityWritten
from orthogramic.repository.graph_writes import WriteOptions
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.syntax import local_name
from orthogramic.vocabulary import KR


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a plan found out on the way to its intention."""

    verb: str
    summary: EntitySummary
    created: bool = False

    @property
    def entity(self) -> NamedNode:
        """What is written."""
        return NamedNode(self.summary.iri)


class Editing:
    """Writes entities of one repository by their documents."""

    def __init__(self, knowledge: KnowledgeBase, naming: Naming) -> None:
        self._knowledge = knowledge
        self._naming = naming
        self._instruments = instruments_of(knowledge, naming)
        self._states = States(knowledge.store, knowledge.metamodel, knowledge.catalogue)
        self._referrers = Referrers(knowledge.store, knowledge.metamodel, knowledge.catalogue)
        self._reading = Reading(self._instruments)
        self._subjects = Subjects(self._instruments)

    # -- looking -----------------------------------------------------------------------------------

    def document(self, name: str) -> Document:
        """Return the document of the entity of a name.

        :raises NamingError: if the name is unknown or ambiguous.
        """
        return self.document_of(NamedNode(self._naming.resolve(name).iri))

    def document_of(self, entity: NamedNode) -> Document:
        """Return the document of an entity that is there."""
        return self._instruments.rendering.document(self._states.of(entity))

    def form(self, term: ClassTerm) -> Form:
        """Return what the members of the documents of a class are called."""
        return self._instruments.forms.of(term)

    # -- writing -----------------------------------------------------------------------------------

    def create(
        self,
        class_name: str | None,
        document: Mapping[str, Any],
        options: WriteOptions,
        *,
        key: str | None = None,
        graph: NamedNode | None = None,
    ) -> EntityWritten:
        """Create an entity.

        :param class_name: its class; by default the document says it.
        :param key: by default the document gives it.
        :param graph: where its statements go; by default ``kr:default``.
        :raises EntityExistsError: if there is one already.
        """
        check_document(document)
        term = self._subjects.class_asked(class_name, document)

        def plan() -> tuple[_Plan, Intention]:
            options.precondition.check(None, "The entity")
            return self._created(term, document, key, graph)

        return self._write(plan, options)

    def replace(
        self,
        name: str,
        document: Mapping[str, Any],
        options: WriteOptions,
        *,
        graph: NamedNode | None = None,
    ) -> EntityWritten:
        """Make an entity what a document says.

        :param graph: where new statements go; by default where the entity is said to be one.
        :raises NamingError: if the name is unknown or ambiguous.
        """
        check_document(document)

        def plan() -> tuple[_Plan, Intention]:
            return self._replaced(self._naming.resolve(name), document, options, graph)

        return self._write(plan, options)

    def put(
        self,
        name: str,
        document: Mapping[str, Any],
        options: WriteOptions,
        *,
        graph: NamedNode | None = None,
    ) -> EntityWritten:
        """Make the entity of a name what a document says, whether it was there or not.

        :param name: of one that is there, any name; otherwise ``Class/key``.
        :raises UnknownEntityError: if there is none, and the name is no class and key.
        :raises AmbiguousNameError: if there are several.
        """
        check_document(document)

        def plan() -> tuple[_Plan, Intention]:
            try:
                summary = self._naming.resolve(name)
            except UnknownEntityError:
                options.precondition.check(None, f"The entity {name}")
                term, key = self._class_and_key(name, document)
                return self._created(term, document, key, graph)
            return self._replaced(summary, document, options, graph)

        return self._write(plan, options)

    def _class_and_key(self, name: str, document: Mapping[str, Any]) -> tuple[ClassTerm, str]:
        class_name, slash, key = name.partition("/")
        try:
            self._knowledge.metamodel.class_named(class_name)
        except UnknownTermError as error:
            raise UnknownEntityError(
                f"No entity is called {name!r}, and a new one goes by Class/key. {error.detail}"
            ) from None
        if not slash:
            raise UnknownEntityError(f"{class_name} is a class; a new entity goes by Class/key.")
        return self._subjects.class_asked(class_name, document), key

    def patch(
        self,
        name: str,
        patch: Mapping[str, Any],
        options: WriteOptions,
        *,
        graph: NamedNode | None = None,
    ) -> EntityWritten:
        """Change some members of an entity, by a JSON merge patch of its document.

        :raises NamingError: if the name is unknown or ambiguous.
        """
        check_document(patch)

        def plan() -> tuple[_Plan, Intention]:
            summary = self._naming.resolve(name)
            document = self._patched(summary, patch)
            return self._replaced(summary, document, options, graph)

        return self._write(plan, options)

    def delete(self, name: str, *, detach: bool, options: WriteOptions) -> EntityWritten:
        """Take an entity away with its parts and its own links.

        :param detach: whether what others say that refers to it goes along.
        :raises NamingError: if the name is unknown or ambiguous.
        :raises EntityReferencedError: if others refer to it, unless that goes along.
        """

        def plan() -> tuple[_Plan, Intention]:
            summary = self._naming.resolve(name)
            state = self._states.of(NamedNode(summary.iri))
            self._check(state, summary, options)
            going: list[Quad] = list(state.quads())
            if detach:
                going += self._referrers.incoming(state).quads()
            else:
                self._referrers.refuse(state, summary.label)
            found = _Plan("Delete", summary)
            return found, Intention(removed=going)

        return self._write(plan, options)

    # -- plans -------------------------------------------------------------------------------------

    def creation(self, document: Mapping[str, Any]) -> tuple[EntitySummary, Intention]:
        """Return what :meth:`create` would make of a document that says its class."""
        check_document(document)
        term = self._subjects.class_asked(None, document)
        found, intention = self._created(term, document, None, None)
        return found.summary, intention

    def revision(self, summary: EntitySummary, patch: Mapping[str, Any]) -> Intention:
        """Return what :meth:`patch` would make of an entity."""
        check_document(patch)
        document = self._patched(summary, patch)
        return self._replaced(summary, document, WriteOptions(), None)[1]

    def _patched(self, summary: EntitySummary, patch: Mapping[str, Any]) -> dict[str, Any]:
        document = self.document_of(NamedNode(summary.iri))
        form = self._instruments.forms.of(self._knowledge.metamodel.class_named(summary.class_iri))
        named = _canonical(patch, form)
        # What the patch takes away has to exist as a member, though it may have no value.
        self._reading.members(form, {n: False for n, v in named.items() if v is None})
        result: dict[str, Any] = merged(document, named)
        return result

    def _write(
        self, plan: Callable[[], tuple[_Plan, Intention]], options: WriteOptions
    ) -> EntityWritten:
        # The lock is held all the while, so that the tag is that of exactly this write.
        with self._knowledge.turn():
            found, intention = plan()
            written = self._knowledge.write(
                lambda: bounded(intention, options.most),
                author=options.author,
                message=options.message or self._message(found),
                dry_run=options.dry_run,
            )
            now = self._knowledge.catalogue.by_iri(found.entity.value)
            said = {each.name: getattr(written, each.name) for each in fields(written)}
            return EntityWritten(
                **said,
                entity=now or found.summary,
                created=found.created,
                tag=tag_of(self.document_of(found.entity)) if now else None,
            )

    def _message(self, found: _Plan) -> str:
        label = self._knowledge.metamodel.class_label(NamedNode(found.summary.class_iri))
        return f"{found.verb} {label} “{found.summary.label}”"

    def _created(
        self,
        term: ClassTerm,
        document: Mapping[str, Any],
        key: str | None,
        graph: NamedNode | None,
    ) -> tuple[_Plan, Intention]:
        form = self._instruments.forms.of(term)
        said = self._reading.members(form, document)
        entity = self._subjects.new_iri(form, document, said, key)
        if self._instruments.is_described(entity):
            there = self._knowledge.catalogue.by_iri(entity.value)
            called = f" It is “{there.label}”." if there else ""
            raise EntityExistsError(
                f"{term.name}/{key_of(entity)} is there already.{called} Give another key, or "
                "replace the entity.",
                iri=entity.value,
            )
        draft = self._draft(EntityState(entity, frozenset(), (), {}), form, document, said)
        label = self._subjects.label(draft)
        key = local_name(entity)
        summary = EntitySummary(entity.value, label, term.name, term.iri.value, key)
        return _Plan("Create", summary, created=True), draft.intention(graph or KR.default)

    def _replaced(
        self,
        summary: EntitySummary,
        document: Mapping[str, Any],
        options: WriteOptions,
        graph: NamedNode | None,
    ) -> tuple[_Plan, Intention]:
        state = self._states.of(NamedNode(summary.iri))
        self._check(state, summary, options)
        term = self._instruments.rendering.class_of(state, state.entity)
        self._subjects.check_same(state, term, document)
        form = self._instruments.forms.of(term)
        draft = self._draft(state, form, document, self._reading.members(form, document))
        home = graph or state.home(state.entity) or KR.default
        return _Plan("Edit", summary), draft.intention(home)

    def _draft(
        self, state: EntityState, form: Form, document: Mapping[str, Any], said: Said
    ) -> Draft:
        references, entity = self._instruments.references, state.entity
        named = references.short_name(entity, form.term.name, form.term.iri.value)
        known = {entity.value: entity, named: entity}
        for each in state.triples():
            if isinstance(each.object, NamedNode):
                known.setdefault(each.object.value, each.object)
                known.setdefault(references.name_of(each.object), each.object)
        draft = Draft(state, known)
        self._reading.read(draft, form, document, said)
        return draft

    def _check(self, state: EntityState, summary: EntitySummary, options: WriteOptions) -> None:
        if options.precondition.asks:
            current = tag_of(self._instruments.rendering.document(state))
            options.precondition.check(current, f"“{summary.label}”")


def _canonical(patch: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Return a patch with each member under the name that the document has for it.

    :raises InvalidDocumentError: if two members name one property.
    """
    named: dict[str, Any] = {}
    for name, value in patch.items():
        member = form.named(name)
        known = member.name if member else name
        if known in named:
            raise InvalidDocumentError(
                f"Two members of the patch name “{known}”.", pointer=below("", name)
            )
        named[known] = value
    return named

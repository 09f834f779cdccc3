"""The editing side of the facade: entities by their documents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

from orthogramic.facade.holding import Holding
from orthogramic.facade.write_options import WriteArguments, options_of

if TYPE_CHECKING:
    from orthogramic.repository.documents import Editing, EntityWritten
    from orthogramic.repository.documents.forms import Member

Document = Mapping[str, Any]


class Entities(Holding):
    """Creates, replaces, patches and deletes entities, each as one gated change."""

    @cached_property
    def _editing(self) -> Editing:
        from orthogramic.repository.documents import Editing  # noqa: PLC0415 - reading needs none

        return Editing(self._knowledge, self._naming)

    def entity_document(self, name: str) -> dict[str, Any]:
        """Return the document of an entity: what it states itself, in the form that is written.

        :raises NamingError: if the name is unknown or ambiguous.
        """
        return self._editing.document(name)

    def members_of(self, class_name: str) -> tuple[Member, ...]:
        """Return what the members of the documents of a class are called, in their order.

        :param class_name: a class of entities, or of parts of entities.
        :raises UnknownTermError: if there is no such class.
        """
        return self._editing.form(self.metamodel.class_named(class_name)).members()

    def entity_etag(self, name: str) -> str:
        """Return the entity tag of an entity: equal states have equal tags.

        :raises NamingError: if the name is unknown or ambiguous.
        """
        from orthogramic.repository.documents.tags import tag_of  # noqa: PLC0415 - as above

        return tag_of(self.entity_document(name))

    def create_entity(
        self,
        class_name: str | None,
        document: Document,
        *,
        key: str | None = None,
        graph: str | None = None,
        **options: Unpack[WriteArguments],
    ) -> EntityWritten:
        """Create an entity of its document.

        :param class_name: its class; ``None`` if the document says it.
        :param document: members by name, values as parsed from JSON.
        :param key: the last part of its address; by default made of its business key.
        :param graph: IRI of the graph of its statements; by default ``kr:default``.
        :raises InvalidDocumentError: with a JSON pointer, for what such a document cannot say.
        :raises EntityExistsError: if there is one already.
        :raises PreconditionFailedError: if ``if_match`` is given: there is nothing to match.
        :raises ChangeTooLargeError: if more than ``most`` statements come and go.
        :raises ProtectedGraphError: if the graph is a system graph.
        :raises NonConformingDataError: if the data would violate the shapes.
        :raises StoreNotWritableError: if the disk refuses. Nothing is changed in any of these.
        """
        return self._editing.create(
            class_name, document, options_of(options), key=key, graph=self._optional_graph(graph)
        )

    def replace_entity(
        self,
        name: str,
        document: Document,
        *,
        graph: str | None = None,
        **options: Unpack[WriteArguments],
    ) -> EntityWritten:
        """Make an entity what a document says; errors as :meth:`create_entity`.

        Statements that stay, stay in their graphs; what the document leaves out goes from all.

        :param graph: where new statements go; by default where the entity is said to be one.
        :raises NamingError: if the name is unknown or ambiguous.
        :raises PreconditionFailedError: if the entity has none of the tags of ``if_match``.
        """
        return self._editing.replace(
            name, document, options_of(options), graph=self._optional_graph(graph)
        )

    def put_entity(
        self,
        name: str,
        document: Document,
        *,
        graph: str | None = None,
        **options: Unpack[WriteArguments],
    ) -> EntityWritten:
        """Make the entity of a name what a document says, whether it was there or not.

        Parameters and errors as :meth:`create_entity` and :meth:`replace_entity`.

        :param name: of one that is there, any name; otherwise ``Class/key``.
        """
        return self._editing.put(
            name, document, options_of(options), graph=self._optional_graph(graph)
        )

    def patch_entity(
        self,
        name: str,
        patch: Document,
        *,
        graph: str | None = None,
        **options: Unpack[WriteArguments],
    ) -> EntityWritten:
        """Change some members of an entity; errors as :meth:`replace_entity`.

        :param patch: a JSON merge patch (RFC 7396) of its document: ``None`` takes a member away.
        """
        return self._editing.patch(
            name, patch, options_of(options), graph=self._optional_graph(graph)
        )

    def delete_entity(
        self, name: str, *, detach: bool = False, **options: Unpack[WriteArguments]
    ) -> EntityWritten:
        """Delete an entity with its parts and its own links; errors as :meth:`replace_entity`.

        :param detach: whether the references of others to it go along.
        :raises EntityReferencedError: if others refer to it and that does not go along.
        """
        return self._editing.delete(name, detach=detach, options=options_of(options))

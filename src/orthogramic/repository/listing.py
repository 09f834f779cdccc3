"""Lists of entities, by class, domain and words."""

from __future__ import annotations

from orthogramic.metamodel import Metamodel
from orthogramic.repository.catalogue import Catalogue, EntitySummary, SearchHit
from orthogramic.repository.paging import Page, check_page
from orthogramic.repository.question_terms import modules_called


class Listing:
    """Lists the entities of one repository."""

    def __init__(self, catalogue: Catalogue, metamodel: Metamodel) -> None:
        self._catalogue = catalogue
        self._metamodel = metamodel

    def entities(
        self, class_name: str | None, domain: str | None, limit: int, offset: int
    ) -> Page[EntitySummary]:
        """List entities by label.

        :param class_name: only this class and its subclasses.
        :param domain: only classes of this module, by IRI or label.
        :raises UnknownTermError: if there is no such class or domain.
        """
        check_page(limit, offset)
        classes = self._classes(class_name, domain)
        if classes == []:
            return Page((), 0, limit, offset)
        items, total = self._catalogue.page(classes or [], limit, offset)
        return Page(tuple(items), total, limit, offset)

    def search(self, text: str, class_name: str | None, limit: int, offset: int) -> Page[SearchHit]:
        """Find entities by the words of their title and text, best first.

        :raises UnknownTermError: if there is no such class.
        """
        check_page(limit, offset)
        classes = self._classes(class_name, None)
        items, total = self._catalogue.search(text, classes or [], limit, offset)
        return Page(tuple(items), total, limit, offset)

    def _classes(self, class_name: str | None, domain: str | None) -> list[str] | None:
        """Return the IRIs of the classes that a list is about; ``None`` for all."""
        if not class_name and not domain:
            return None
        wanted = {each.iri for each in self._metamodel.entity_classes()}
        if class_name:
            wanted &= self._metamodel.subclasses(self._metamodel.class_named(class_name).iri)
        if domain:
            modules = modules_called(self._metamodel, domain)
            members = self._metamodel.entity_classes()
            wanted &= {each.iri for each in members if each.module in modules}
        return sorted(each.value for each in wanted)

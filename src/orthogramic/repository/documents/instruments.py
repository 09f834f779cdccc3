"""What reading and writing documents needs, put together once for a repository."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from orthogramic.metamodel import Metamodel
from orthogramic.repository.documents.forms import Forms
from orthogramic.repository.documents.identity import Identity
from orthogramic.repository.documents.references import References
from orthogramic.repository.documents.rendering import Rendering
from orthogramic.repository.documents.values import Values
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.repository.naming import Naming
from orthogramic.store import QuadStore
from orthogramic.vocabulary import KR


@dataclass(frozen=True, slots=True)
class Instruments:
    """The names, values, references and IRIs of the documents of one repository."""

    metamodel: Metamodel
    store: QuadStore
    forms: Forms
    values: Values
    references: References
    identity: Identity
    rendering: Rendering

    def is_described(self, node: NamedNode) -> bool:
        """Tell whether anything is said of a node, in any graph."""
        return next(iter(self.store.quads(node)), None) is not None

    def is_in_use(self, node: NamedNode) -> bool:
        """Tell whether anything is said of a node, or refers to it; the history does not count."""
        mentioned = any(
            each.graph_name != KR.commits for each in self.store.quads(None, None, node)
        )
        return mentioned or self.is_described(node)


def instruments_of(knowledge: KnowledgeBase, naming: Naming) -> Instruments:
    """Put the instruments of a repository together."""
    metamodel = knowledge.metamodel
    forms, values = Forms(metamodel), Values(metamodel)
    references = References(knowledge, naming)
    return Instruments(
        metamodel=metamodel,
        store=knowledge.store,
        forms=forms,
        values=values,
        references=references,
        identity=Identity(metamodel, values, knowledge.base_iri),
        rendering=Rendering(metamodel, forms, values, references),
    )

"""Questions of failure in a person's words, brought to the graph and answered."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from orthogramic.analysis.failure import FailureAnswer, FailureQuestion, State, ask_failure
from orthogramic.errors import InvalidParameterError, UnknownTermError
from orthogramic.metamodel import Metamodel
from orthogramic.repository.naming import Naming
from orthogramic.repository.paging import check_page
from orthogramic.repository.projection import Projection


class Failures:
    """Answers what is lost and what is degraded if entities of one repository fail."""

    def __init__(self, metamodel: Metamodel, naming: Naming, projection: Projection) -> None:
        self._metamodel = metamodel
        self._naming = naming
        self._projection = projection

    def ask(  # noqa: PLR0913 - the parameters of the interface contract
        self,
        remove: str | Sequence[str] = (),
        *,
        degrade: str | Sequence[str] = (),
        to: str | Sequence[str] = (),
        domain: str | Sequence[str] = (),
        state: str | None = None,
        certain: bool = False,
        profile: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> FailureAnswer:
        """Answer what is lost, degraded or untouched, and why.

        :param remove: names of entities that are gone.
        :param degrade: names of entities that work less well.
        :param to: names of classes that dependents belong to, subclasses included; none means any.
        :param domain: modules of those classes, by IRI or label; none means any.
        :param state: only what is ``lost``, ``degraded`` or ``untouched``; else the first two.
        :param certain: leave out what may be degraded and may be spared.
        :param profile: name of the impact profile; by default the default one.
        :param limit: greatest number of dependents in the answer.
        :param offset: number of dependents to leave out before the first.
        :raises NamingError: if a name is unknown or ambiguous.
        :raises InvalidParameterError: if nothing fails, or a value is out of range.
        """
        check_page(limit, offset)
        question = FailureQuestion(
            remove=self._entities(remove),
            degrade=self._entities(degrade),
            to=tuple(self._metamodel.class_named(each).iri for each in _several(to)),
            domains=tuple(self._module(each) for each in _several(domain)),
            state=_state(state),
            certain=certain,
            limit=limit,
            offset=offset,
        )
        snapshot, graph = self._projection.under(self._metamodel.profile(profile))
        return ask_failure(graph, self._metamodel, question, snapshot=snapshot)

    def _entities(self, names: str | Sequence[str]) -> tuple[NamedNode, ...]:
        return tuple(NamedNode(self._naming.resolve(each).iri) for each in _several(names))

    def _module(self, name: str) -> NamedNode:
        known = {each.module for each in self._metamodel.entity_classes()}
        for iri, module in self._metamodel.modules.items():
            if iri in known and name in (iri.value, module.label):
                return iri
        raise UnknownTermError(f"No domain is called {name!r}.")


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _state(name: str | None) -> State | None:
    if name is None:
        return None
    try:
        return State(name)
    except ValueError:
        raise InvalidParameterError(f"state must be {', '.join(State)}, not {name!r}.") from None

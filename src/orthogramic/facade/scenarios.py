"""The side of the facade for what-if: scenarios laid over what is there, or carried out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

from orthogramic.facade.holding import Holding
from orthogramic.facade.write_options import WriteArguments, options_of
from orthogramic.repository.written import WriteOutcome
from orthogramic.store.isolation.evaluator import Evaluator

if TYPE_CHECKING:
    from orthogramic.repository.scenarios.answer import WhatIfAnswer
    from orthogramic.repository.scenarios.what_if import WhatIf

ScenarioDocument = Mapping[str, Any]


class Scenarios(Holding):
    """Tells what would be different, and makes it so where that is wanted."""

    _scenario_evaluator: Evaluator | None = None

    @cached_property
    def _what_if(self) -> WhatIf:
        from orthogramic.repository.scenarios.what_if import WhatIf  # noqa: PLC0415 - rarely needed

        found = WhatIf(self._knowledge, self._naming, self._projection, self._asking)
        found.evaluate_with(self._scenario_evaluator)
        return found

    def what_if(self, scenario: ScenarioDocument, **options: Any) -> WhatIfAnswer:
        """Tell the difference that a scenario would make; nothing is changed.

        :param scenario: ``title``, ``changes`` and ``turtle``, all of them optional: see
            ``docs/reference/scenarios.md``.
        :param options: as those of :meth:`orthogramic.repository.scenarios.what_if.WhatIf.ask`.
        """
        return self._what_if.ask(scenario, **options)

    def apply_scenario(
        self, scenario: ScenarioDocument, **options: Unpack[WriteArguments]
    ) -> WriteOutcome:
        """Carry a scenario out, in one commit.

        :param scenario: as :meth:`what_if` takes it.
        :raises NonConformingDataError: if the data would violate the shapes.
        :raises PreconditionFailedError: if ``if_match`` is not the number of the last commit.
        :raises ChangeTooLargeError: if more than ``most`` statements come and go.
        :raises StoreNotWritableError: if the disk refuses. Nothing is changed in any of these.
        """
        return self._what_if.apply(scenario, options_of(options))

    def _evaluate_scenarios_with(self, evaluator: Evaluator | None) -> None:
        self._scenario_evaluator = evaluator
        if "_what_if" in self.__dict__:
            self._what_if.evaluate_with(evaluator)

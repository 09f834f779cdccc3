"""Rankings: what a bundle may define, and which faults are found where."""

from __future__ import annotations

import pytest

from orthogramic.errors import UnknownRankingError
from orthogramic.metamodel.property_paths import Link
from tests.unit.metamodel.bundles import faults, line_of, read

SPAN = """
t:span a owl:DatatypeProperty ; rdfs:label "span" .
t:m a kr:Measure ; kr:ofClass t:Kite ; kr:operation kr:Value ; kr:along t:span .
t:pair a kr:Measure ; kr:operation kr:Product ; kr:operand ( t:m kr:Score ) .
"""
LEAST = "t:r a kr:Ranking ; kr:ownMeasure t:m ; kr:dependent t:Wind ."


def test_what_a_ranking_says() -> None:
    metamodel = read(
        SPAN
        + 't:r a kr:Ranking ; rdfs:label "R" ; rdfs:comment "So." ; kr:ranks t:Wind ;'
        + "kr:ownMeasure t:m ; kr:dependent t:Kite ; kr:standsFor t:fliesIn ; kr:worth t:m ."
    )
    found = metamodel.ranking("r")
    kite, wind = (metamodel.class_named(each).iri for each in ("Kite", "Wind"))
    assert (found.label, found.description) == ("R", "So.")
    assert (found.classes, found.dependents) == ((wind,), (kite,))
    assert found.own is found.worth is metamodel.measure("m")
    assert found.stands_for == Link(metamodel.property_named("fliesIn").iri)
    assert found.to_dict()["own_measure"] == "m"


def test_what_a_ranking_may_leave_out() -> None:
    metamodel = read(SPAN + LEAST)
    found = metamodel.ranking("t:r")
    assert found.classes == (metamodel.class_named("Kite").iri,)
    assert (found.worth, found.stands_for) == (None, None)
    assert metamodel.rankings == (found,)
    with pytest.raises(UnknownRankingError, match="Did you mean r"):
        metamodel.ranking("rr")
    assert not read().rankings


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LEAST.replace("kr:ownMeasure t:m ; ", ""), "kr:ranks of r is missing"),
        (LEAST.replace(" ; kr:dependent t:Wind", ""), "kr:dependent of r is missing"),
        (LEAST.replace("t:Wind", "t:Wnd"), "terms#Wnd>, which is no class"),
        (LEAST.replace("t:m", "t:n"), "terms#n>, which is no sound measure"),
        (LEAST.replace("t:m", "'m'"), "kr:ownMeasure of r must be one measure"),
        (LEAST.replace("t:m", "t:pair ; kr:ranks t:Kite"), "names pair, which speaks of pairs"),
        (LEAST.replace("t:Wind", "t:Wind ; kr:worth t:n"), "kr:worth of r names"),
        (LEAST.replace("t:Wind", "t:Wind ; kr:ranks t:n"), "kr:ranks of r names"),
        (LEAST.replace("t:Wind", "t:Wind ; kr:standsFor t:n"), "is no path of declared"),
    ],
)  # fmt: skip
def test_faults(text: str, message: str) -> None:
    found = faults(SPAN + text)
    assert [each for each in found if message in each.message], found
    assert line_of(SPAN + text, "t:r a kr:Ranking") in {each.line for each in found}

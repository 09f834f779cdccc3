"""Laws of content negotiation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orthogramic.syntax import negotiate

TYPES = ["text/turtle", "text/html", "application/json", "application/ld+json"]
RANGES = st.sampled_from([*TYPES, "text/*", "application/*", "*/*"])
ELEMENTS = st.tuples(RANGES, st.integers(0, 1000))
OFFERS = st.lists(st.sampled_from(TYPES), unique=True)


def header(elements: list[tuple[str, int]]) -> str:
    return ", ".join(f"{name};q={weight / 1000:.3f}" for name, weight in elements)


@given(st.text(max_size=60), OFFERS)
def test_any_header_gives_an_offer_or_nothing(accept: str, offered: list[str]) -> None:
    assert negotiate(accept, offered) in {None, *offered}


@given(st.lists(ELEMENTS, unique_by=lambda each: each[0], min_size=1), OFFERS)
def test_the_order_of_the_header_does_not_matter(
    elements: list[tuple[str, int]], offered: list[str]
) -> None:
    assert negotiate(header(elements), offered) == negotiate(header(elements[::-1]), offered)


@given(st.lists(ELEMENTS, unique_by=lambda each: each[0], min_size=1), OFFERS)
def test_no_offer_has_a_higher_weight_than_the_chosen_one(
    elements: list[tuple[str, int]], offered: list[str]
) -> None:
    weights = dict(elements)

    def weight(name: str) -> int:
        for each in (name, f"{name.partition('/')[0]}/*", "*/*"):
            if each in weights:
                return weights[each]
        return 0

    chosen = negotiate(header(elements), offered)
    best = max(map(weight, offered), default=0)
    assert (weight(chosen) if chosen else 0) == best
    if chosen is None:
        assert best == 0
    else:
        assert chosen == next(each for each in offered if weight(each) == best)

"""Weights as whole numbers, so that comparing products of weights is exact.

The score of a path is a product of weights. In floating point 0.9 times 0.8 is not 0.72, so two
paths that score the same would be told apart by rounding. Here a weight becomes a *cost*: its
negative logarithm on a grid of whole numbers, summed from the logarithms of its prime factors.
Equal products have the same prime factors and therefore the same cost, whatever the order or
the grouping of the multiplication; greater products cost less. Sums of whole numbers are exact.

What has been spent is counted down from :data:`UNSPENT`, so that 0 can mean "never reached" and
fresh arrays of zeros need no filling: a question costs what it reaches, not the whole graph.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from orthogramic.graph.arrays import Costs, Scores

#: Grid points for one unit of the natural logarithm (a score falls by the factor e).
GRID = 2**50
#: What remains before the first step. 4096 units: e to the power -4096 is 0 in any float.
UNSPENT = 2**62
#: What remains at least after any step; scores that low are all 0 to 12 decimals.
EXHAUSTED = 1
#: Decimals of a score in an answer.
SCORE_DECIMALS = 12

_GREATEST_DIVISOR = 1000


def exact(weight: float) -> Fraction:
    """Return a weight as the decimal fraction that its author wrote.

    :param weight: a finite float, e.g. 0.85.
    :returns: the shortest decimal that reads back as this float, e.g. 17/20.
    """
    return Fraction(repr(weight))


def cost_of(weight: Fraction) -> int:
    """Return the cost of a weight in (0, 1].

    Weights of up to six decimals are factorised completely, so equal products of them have
    equal costs. A large factor that is left over counts as if it were prime.

    :param weight: the exact weight.
    :returns: about ``-log(weight) * GRID``, from 0 to ``UNSPENT - 1``.
    """
    cost = _logarithm(weight.denominator) - _logarithm(weight.numerator)
    return min(max(cost, 0), UNSPENT - EXHAUSTED)


def scores(remaining: Costs) -> Scores:
    """Return the scores of paths, to 12 decimals.

    :param remaining: what remains of :data:`UNSPENT` at the end of each path.
    :returns: scores in [0, 1].
    """
    spent = (UNSPENT - remaining).astype(np.float64)
    exact_scores: Scores = np.exp(-spent / GRID)
    return exact_scores.round(SCORE_DECIMALS)


def score(remaining: int) -> float:
    """Return the score of one path, to 12 decimals; see :func:`scores`."""
    return float(scores(np.array([remaining], dtype=np.int64))[0])


def spend(remaining: Costs, cost: Costs) -> Costs:
    """Return what remains after one more step, element by element; never below EXHAUSTED."""
    left: Costs = np.maximum(remaining - cost, EXHAUSTED)
    return left


def _logarithm(number: int) -> int:
    """Return the natural logarithm of a positive whole number, on the grid, prime by prime."""
    total = 0
    divisor = 2
    while divisor * divisor <= number and divisor <= _GREATEST_DIVISOR:
        while number % divisor == 0:
            total += round(math.log(divisor) * GRID)
            number //= divisor
        divisor += 1
    return total + round(math.log(number) * GRID)

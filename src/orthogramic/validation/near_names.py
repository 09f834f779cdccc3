"""Names that are like a name: for "did you mean" and for spellings that differ by a trifle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_ENOUGH = 3
_FEW = 12
_RAREST = 8
_CUTOFF = 0.7


def bare(text: str) -> str:
    """Return a text without case, spaces and punctuation: what is left is its spelling."""
    return "".join(each for each in text.casefold() if each.isalnum())


def within_one_edit(left: str, right: str) -> bool:
    """Tell whether texts differ by a letter: added, left out, changed, or swapped with the next."""
    if left == right:
        return True
    if len(left) > len(right):
        left, right = right, left
    start = next((n for n, each in enumerate(left) if each != right[n]), len(left))
    if len(right) - len(left) == 1:
        return left[start:] == right[start + 1 :]
    if len(left) != len(right):
        return False
    swapped = left[start + 1 : start + 2] + left[start : start + 1] + left[start + 2 :]
    return left[start + 1 :] == right[start + 1 :] or swapped == right[start:]


def near(text: str, names: Iterable[str], limit: int = _ENOUGH) -> list[str]:
    """Return the names that somebody may have meant by a text, the likeliest first.

    :param text: what was written.
    :param names: what could have been; a few hundred at most.
    :param limit: how many are returned at most.
    """
    return _near(bare(text), [(bare(each), each) for each in sorted(set(names))], limit)


def _near(wanted: str, names: Sequence[tuple[str, str]], limit: int) -> list[str]:
    """Choose among names with their spellings."""
    same = [name for spelling, name in names if spelling == wanted]
    if same or not wanted:
        return same[:limit]
    begun = [
        name for spelling, name in names if len(wanted) >= _ENOUGH and spelling.startswith(wanted)
    ]
    if begun:
        return begun[:limit]
    by_spelling = dict(reversed(names))
    close = get_close_matches(wanted, by_spelling, n=limit, cutoff=_CUTOFF)
    return [by_spelling[each] for each in close]


class NameIndex:
    """Finds near names among very many, by the groups of three letters that they share.

    :param names: the names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [(bare(each), each) for each in sorted(set(names))]
        self._found: dict[str, list[str]] = {}
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, (spelling, _) in enumerate(self._names):
            for group in _groups(spelling):
                self._holders[group].append(number)

    def near(self, text: str) -> list[str]:
        """Return near names as :func:`near` does, looking only at those with rare groups."""
        wanted = bare(text)
        if wanted not in self._found:
            self._found[wanted] = _near(wanted, self._likely(wanted), _ENOUGH)
        return self._found[wanted]

    def _likely(self, wanted: str) -> list[tuple[str, str]]:
        held = sorted(
            (self._holders[each] for each in _groups(wanted) if each in self._holders), key=len
        )
        shared: defaultdict[int, int] = defaultdict(int)
        for numbers in held[:_RAREST]:
            for number in numbers:
                shared[number] += 1
        best = sorted(shared, key=lambda number: (-shared[number], number))[:_FEW]
        return [self._names[each] for each in sorted(best)]


def _groups(spelling: str) -> set[str]:
    padded = f"  {spelling} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}

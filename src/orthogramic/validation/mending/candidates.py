"""Patches that would mend a result where there is one answer: candidates, not yet proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from orthogramic.validation.datatypes import kind_of
from orthogramic.validation.findings import Finding
from orthogramic.validation.graph_index import Node
from orthogramic.validation.labels import Labels
from orthogramic.validation.mending.literal_variants import LiteralVariants
from orthogramic.validation.mending.patch import Patch
from orthogramic.validation.mending.referents import Referents
from orthogramic.validation.mending.trials import Statements
from orthogramic.validation.paths import PathKind
from orthogramic.validation.surroundings import Surroundings
from orthogramic.validation.wording import ShapeWords, kind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A patch to be proved.

    :param patch: the change.
    :param phrase: what it does, with a gap for each term.
    :param terms: what fills the gaps.
    """

    patch: Patch
    phrase: str
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where candidates are looked for.

    :param stated: what is stated.
    :param surroundings: the data with what follows.
    :param words: the constraints of shapes.
    :param labels: names by IRI.
    """

    stated: Statements
    surroundings: Surroundings
    words: ShapeWords
    labels: Labels


class Candidates:
    """Thinks of patches; the likeliest first.

    :param ground: where they are looked for.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._variants = LiteralVariants()
        self._referents = Referents(ground.surroundings, ground.labels)

    def of(self, finding: Finding) -> Iterator[Candidate]:
        """Yield patches that may mend a finding; those with blank nodes are left out."""
        think = _RULES.get(kind(finding.component))
        for each in think(self, finding) if think else ():
            if not each.patch.has_blank_nodes:
                yield each

    # -- another value -------------------------------------------------------------------------

    def other_literal(self, finding: Finding) -> Iterator[Candidate]:
        """Write a literal as the shape asks for it."""
        value, shape = finding.value, finding.source_shape
        if not isinstance(value, Literal):
            return
        words, variants = self._ground.words, self._variants
        datatype = words.parameter(shape, "datatype")
        languages = [each.value for each in words.members(shape, "languageIn")]
        if kind(finding.component) == "In":
            found = variants.listed(value, words.members(shape, "in"))
        elif kind(finding.component) == "LanguageIn":
            found = variants.in_language(value, languages)
        elif kind(finding.component) == "Datatype" and isinstance(datatype, NamedNode):
            found = variants.of_datatype(value, datatype, languages)
        else:
            found = variants.stripped(value)
        for other in found:
            yield from self._instead(finding, other)

    def reference(self, finding: Finding) -> Iterator[Candidate]:
        """Refer to a thing in place of its name, or to the one whose address was meant."""
        value = finding.value
        classes = self._ground.words.classes(finding.source_shape)
        if isinstance(value, Literal):
            meant = self._referents.called(value.value, classes)
        elif isinstance(value, NamedNode) and not self._ground.surroundings.is_described(value):
            meant = self._referents.alike(value, classes)
        else:
            return
        if len(meant) == 1:
            yield from self._instead(finding, meant[0])

    def _instead(self, finding: Finding, other: Node) -> Iterator[Candidate]:
        old = self._statement(finding)
        value = finding.value
        if old is None or value is None or other == value or old.object != value:
            return
        new = Triple(old.subject, old.predicate, other)
        added = () if new in self._ground.stated else (new,)
        yield Candidate(Patch((old,), added), _phrase(value, other), (other, value))

    def _statement(self, finding: Finding) -> Triple | None:
        """Return the stated triple behind a value: of the path itself, or the only one."""
        focus, value = finding.focus, finding.value
        if isinstance(focus, Literal) or value is None:
            return None
        stated = [*self._ground.stated.find(focus, None, value)]
        exact = [each for each in stated if each.predicate == finding.path]
        found = exact or stated
        return found[0] if len(found) == 1 else None

    # -- fewer values --------------------------------------------------------------------------

    def fewer(self, finding: Finding) -> Iterator[Candidate]:
        """Remove literals that only repeat what another one says."""
        focus, path = finding.focus, finding.path
        if isinstance(focus, Literal) or not isinstance(path, NamedNode):
            return
        triples = [*self._ground.stated.find(focus, path, None)]
        values = [each.object for each in triples if isinstance(each.object, Literal)]
        if len(values) < len(triples):
            return
        datatype = self._ground.words.parameter(finding.source_shape, "datatype")
        by_tag = kind(finding.component) == "UniqueLang"
        kept = set(self._kept(values, datatype, by_tag=by_tag))
        removed = tuple(each for each in triples if each.object not in kept)
        if removed:
            gone = tuple(each.object for each in removed if isinstance(each.object, Literal))
            phrase = "Remove {0}: it says what {1} says."
            yield Candidate(Patch(removed), phrase, (gone[0], min(kept, key=str)))

    def _kept(
        self, values: list[Literal], datatype: Node | None, *, by_tag: bool
    ) -> Iterator[Literal]:
        def key(literal: Literal) -> tuple[str, ...]:
            tag = (literal.language or "") if by_tag else ""
            return (*self._variants.core(literal), tag)

        for _, likes in groupby(sorted(values, key=lambda each: (key(each), str(each))), key):
            yield self._variants.best(list(likes), datatype)

    # -- more values ---------------------------------------------------------------------------

    def more(self, finding: Finding) -> Iterator[Candidate]:
        """Add the only value that there can be."""
        focus, path = finding.focus, finding.path
        if isinstance(focus, Literal) or path is None:
            return
        if isinstance(path, NamedNode):
            for value in self._only_value(finding):
                yield self._addition(Triple(focus, path, value), value)
        elif path.kind is PathKind.INVERSE and isinstance(path.parts[0], NamedNode):
            whole = self._ground.surroundings.whole_by_address(focus)
            if whole is not None:
                phrase = "Say that {0} has it as its part."
                triple = Triple(whole, path.parts[0], focus)
                yield Candidate(Patch((), (triple,)), phrase, (whole,))

    def _only_value(self, finding: Finding) -> Iterator[NamedNode | BlankNode | Literal]:
        words, shape = self._ground.words, finding.source_shape
        if kind(finding.component) == "HasValue":
            yield from words.all_of(shape, "hasValue")[:1]
            return
        members = words.members(shape, "in")
        for known in (
            words.all_of(shape, "defaultValue"),
            words.all_of(shape, "hasValue"),
            members if len(members) == 1 else [],
        ):
            if len(known) == 1:
                yield known[0]

    def _addition(self, triple: Triple, value: Node) -> Candidate:
        return Candidate(Patch((), (triple,)), "Add {0}.", (value,))


def _phrase(old: Node, new: Node) -> str:
    """Say how one value differs from another."""
    if not isinstance(old, Literal):
        return "Refer to {0} instead of {1}."
    if not isinstance(new, Literal):
        return "Refer to {0} itself, not to its name."
    if old.value.strip() != new.value:
        return "Write {0} instead of {1}."
    if new.language != old.language:
        return (
            f"Mark {{1}} with the language tag {new.language}."
            if new.language
            else f"Leave out the language tag {old.language}."
        )
    if new.datatype != old.datatype:
        return f"Give {{1}} as {kind_of(new.datatype)}, not as {kind_of(old.datatype)}."
    return "Leave out the spaces around {0}."


_RULES: Mapping[str, Callable[[Candidates, Finding], Iterator[Candidate]]] = MappingProxyType(
    {
        "Datatype": Candidates.other_literal,
        "In": Candidates.other_literal,
        "LanguageIn": Candidates.other_literal,
        "Pattern": Candidates.other_literal,
        "MinLength": Candidates.other_literal,
        "MaxLength": Candidates.other_literal,
        "Class": Candidates.reference,
        "Or": Candidates.reference,
        "NodeKind": Candidates.reference,
        "MaxCount": Candidates.fewer,
        "UniqueLang": Candidates.fewer,
        "MinCount": Candidates.more,
        "HasValue": Candidates.more,
    }
)

"""Every mend that is offered settles its result and causes none, as pySHACL sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from orthogramic.errors import InvalidShapesError
from orthogramic.repository.knowledge_base import KnowledgeBase
from orthogramic.validation import compile_shapes, validate
from orthogramic.validation.mending import Bench, Mend, Mends, Patch, mend_all, propose
from orthogramic.validation.mending.bench import Row, row
from tests.properties.validation.oracle import by_pyshacl
from tests.properties.validation.strategies import GRAPHS, shapes_graphs
from tests.properties.validation.test_bundle import SMALL, asserted, compiled, damaged, metamodel
from tests.unit.validation.harbour import term, turtle

#: Each constraint that knows a mend, and some that stand in the way of mends.
SHAPES = turtle(
    """
    :S sh:targetClass :Ship ; sh:property :flag , :crew , :built , :log , :afloat , :name ,
        :captain , :port , :kind , :motto .
    :flag sh:path :flag ; sh:in ( "Jolly Roger" "Blue Ensign" "Red Ensign" ) ; sh:maxCount 1 .
    :crew sh:path :crew ; sh:datatype xsd:integer ; sh:maxCount 1 ; sh:maxInclusive 9 .
    :built sh:path :built ; sh:datatype xsd:date ; sh:maxCount 1 .
    :log sh:path :log ; sh:datatype xsd:dateTime .
    :afloat sh:path :afloat ; sh:datatype xsd:boolean ; sh:maxCount 1 .
    :name sh:path :name ; sh:datatype xsd:string ; sh:pattern "^[A-Z]" ; sh:maxLength 8 ;
        sh:maxCount 1 .
    :captain sh:path :captain ; sh:class :Captain ; sh:nodeKind sh:IRI ; sh:maxCount 1 .
    :port sh:path :port ; sh:languageIn ( "en" ) ; sh:uniqueLang true .
    :kind sh:path :kind ; sh:minCount 1 ; sh:hasValue :Sail ; sh:severity sh:Warning .
    :motto sh:path :motto ; sh:minCount 1 ; sh:defaultValue "Ahoy" ; sh:not [ sh:hasValue "Ahoy" ] .
    """
)
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
SHIPS = [term(name) for name in ("argo", "bounty")]
TEXTS = (
    *("Jolly Roger", "jolly-roger", "Jolly Rogre", "Ensign", "Argo", " Argo ", "argo", "Jason"),
    *("5", " 5", "5.0", "12", "true", "True", "2026-03-31", "2026-02-30", ""),
    *("2026-03-31T09:00:00Z", "https://harbour.example/terms#jason"),
)
DATATYPES = [
    NamedNode(f"http://www.w3.org/2001/XMLSchema#{each}")
    for each in ("string", "integer", "decimal", "date", "dateTime", "boolean")
]
VALUES: st.SearchStrategy[NamedNode | Literal] = st.one_of(
    st.builds(Literal, st.sampled_from(TEXTS)),
    st.builds(Literal, st.sampled_from(TEXTS), datatype=st.sampled_from(DATATYPES)),
    st.builds(Literal, st.sampled_from(TEXTS), language=st.sampled_from(["en", "de"])),
    st.sampled_from([term("jason"), term("Jason"), term("Sail"), *SHIPS]),
)
NAMES = ("flag", "crew", "built", "log", "afloat", "name", "captain", "port", "kind", "motto")
PROPERTIES = [term(name) for name in NAMES]
STATED = [
    *(Triple(each, TYPE, term("Ship")) for each in SHIPS),
    Triple(term("jason"), TYPE, term("Captain")),
    Triple(term("jason"), LABEL, Literal("Jason")),
]
FLEETS = st.lists(
    st.builds(Triple, st.sampled_from(SHIPS), st.sampled_from(PROPERTIES), VALUES), max_size=12
).map(lambda statements: [*STATED, *statements])


def by_oracle(data: Iterable[Triple], shapes: list[Triple]) -> Counter[Row]:
    """Return what pySHACL finds."""
    findings = by_pyshacl(data, shapes).findings
    assert findings is not None
    return Counter(map(row, findings))


def patched(data: Iterable[Triple], patch: Patch) -> list[Triple]:
    """Make a patch in triples."""
    kept = dict.fromkeys(data)
    for each in patch.removed:
        del kept[each]
    return [*kept, *patch.added]


def settled(mends: Mends, mend: Mend) -> Counter[Row]:
    """Return what a mend claims to settle."""
    findings = mends.report.findings
    assert findings is not None
    pairs = zip(mends.report.results, findings, strict=True)
    return Counter(row(each) for result, each in pairs if result in mend.settles)


def assert_proved(data: list[Triple], shapes: list[Triple]) -> Mends:
    """Hold every mend against pySHACL."""
    bench = Bench(compile_shapes(shapes), data)
    mends = propose(bench)
    before = by_oracle(data, shapes)
    for mend in mends.mends:
        assert mend.settles
        after = by_oracle(patched(data, mend.patch), shapes)
        assert not after - before
        assert before - after == settled(mends, mend)
    for mend in mend_all(bench, mends):
        data = patched(data, mend.patch)
    after = by_oracle(data, shapes)
    assert Counter(map(row, bench.findings)) == after
    assert not after - before
    return mends


@settings(deadline=None, max_examples=60)
@given(data=FLEETS)
def test_mends_are_proved(data: list[Triple]) -> None:
    assert_proved(data, SHAPES)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=GRAPHS, shapes=shapes_graphs())
def test_mends_are_proved_whatever_the_shapes(data: list[Triple], shapes: list[Triple]) -> None:
    try:
        assert_proved(data, shapes)
    except InvalidShapesError:
        return


@settings(deadline=None, max_examples=6)
@given(seed=st.integers(0, 2**32))
def test_mends_are_proved_with_what_follows_from_them(seed: int) -> None:
    """The data of the bundle, where superproperties and inverses follow from what is stated.

    Whole validation, which another test holds against pySHACL, is the authority here.
    """
    data = damaged(list(asserted(SMALL)), Random(seed))
    with closing(KnowledgeBase(metamodel())) as knowledge:

        def found(stated: Iterable[Triple]) -> Counter[Row]:
            known = list(stated)
            findings = validate([*known, *knowledge.entail(known)], compiled()).findings
            assert findings is not None
            return Counter(map(row, findings))

        bench = Bench(compiled(), data, knowledge.entail)
        mends = propose(bench)
        before = found(data)
        for mend in mends.mends[:5]:
            after = found(patched(data, mend.patch))
            assert not after - before
            assert before - after == settled(mends, mend)
        for mend in mend_all(bench, mends):
            data = patched(data, mend.patch)
        assert Counter(map(row, bench.findings)) == found(data)


def test_nothing_in_the_bench_changes_by_asking() -> None:
    data = [*STATED, Triple(term("argo"), term("crew"), Literal("5"))]
    bench = Bench(compile_shapes(SHAPES), data)
    first, second = propose(bench), propose(bench)
    assert first == second
    assert sorted(map(str, bench.stated)) == sorted(map(str, data))


def sentences(data: str) -> Iterator[str]:
    """Yield what the mends of some data do."""
    for mend in propose(Bench(compile_shapes(SHAPES), [*STATED, *turtle(data)])).mends:
        yield mend.sentence


def test_mends_read_like_this() -> None:
    data = """
    :argo :flag "jolly-roger" ; :crew "5" ; :name " Argo" ; :captain "Jason" ; :port "Hull" ;
        :afloat "True" ; :built "2026-03-31" ; :motto "Row" .
    :bounty :crew 5.0 , 5 ; :captain :Jason ; :port "Hull"@en , " Hull"@en ; :motto "Row" ;
        :name "Bounty"@de ; :flag "Blue Ensgin" ; :kind :Sail ; :log "2026-03-31"^^xsd:date .
    """
    assert sorted(sentences(data)) == sorted(
        [
            "Write “Jolly Roger” instead of “jolly-roger”.",
            "Give “5” as a whole number, not as text.",
            "Leave out the spaces around “Argo”.",
            "Refer to “Jason” itself, not to its name.",
            "Mark “Hull” with the language tag en.",
            "Write “true” instead of “True”.",
            "Give “2026-03-31” as a date, not as text.",
            "Add “Sail”.",
            "Refer to “Jason” instead of “Jason”.",
            "Remove “Hull” (en): it says what “Hull” (en) says.",
            "Write “5” instead of “5.0”.",
            "Leave out the language tag de.",
            "Write “Blue Ensign” instead of “Blue Ensgin”.",
        ]
    )

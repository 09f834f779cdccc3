"""A question is the same question after it was sent to another process."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from orthogramic.store import Dataset
from orthogramic.store.question import Formats, Question
from orthogramic.syntax import RdfSyntax, ResultFormat

NAMES = st.integers(0, 9).map(lambda each: NamedNode(f"https://things.example/{each}"))
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TERMS = st.one_of(
    NAMES,
    TEXT.map(Literal),
    TEXT.map(lambda each: Literal(each, language="en-gb")),
    st.integers().map(Literal),
)
GRAPHS = st.none() | st.lists(NAMES, max_size=3).map(tuple)
RESULTS = st.none() | st.sampled_from(ResultFormat)
QUESTIONS = st.builds(
    Question,
    text=TEXT,
    dataset=st.builds(Dataset, GRAPHS, GRAPHS),
    bindings=st.dictionaries(st.sampled_from("abc"), TERMS),
    prefixes=st.dictionaries(st.sampled_from("pqr"), TEXT),
    base_iri=st.none() | TEXT,
    formats=st.builds(Formats, RESULTS, RESULTS, st.none() | st.sampled_from(RdfSyntax)),
)


@given(QUESTIONS)
def test_a_question_survives_its_way(question: Question) -> None:
    assert Question.decode(question.encode()) == question

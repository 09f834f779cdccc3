"""Whatever quads a commit has, the log gives them back."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Triple

from orthogramic.repository.commit_log import CommitLog, CommitRecord
from orthogramic.repository.spool import Spool

XSD = "http://www.w3.org/2001/XMLSchema#"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
iris = st.sampled_from(
    [NamedNode(f"https://things.example/{each}") for each in ("a", "é", "日本", "%20", "𐍈")]
)
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(lambda text: Literal(text, language="de"), texts),
    st.builds(lambda text: Literal(text, datatype=NamedNode(f"{XSD}decimal")), texts),
    st.builds(lambda text: Literal(text, datatype=NamedNode("https://t.example/odd")), texts),
)
values = st.one_of(iris, literals, st.builds(Triple, iris, iris, literals))
quads = st.lists(st.builds(Quad, iris, iris, values, iris), max_size=5, unique=True)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(quads, quads, texts, texts), max_size=4), st.booleans())
def test_round_trip(commits: list[tuple[list[Quad], list[Quad], str, str]], reopened: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "log")
        logs = [CommitLog(path), CommitLog(None)]
        records = []
        for number, (removed, added, author, message) in enumerate(commits, 1):
            at = datetime(2026, 1, number, 1, 2, 3, 4, tzinfo=UTC)
            record = CommitRecord(number, at, author, message, len(added), len(removed), "b")
            records.append(record)
            for log in logs:
                with closing(Spool()) as spool:
                    for quad in removed:
                        spool.remove(quad)
                    for quad in added:
                        spool.add(quad)
                    assert list(spool.removals()) == removed
                    assert list(spool.additions()) == added
                    log.append(record, spool)
        if reopened:
            logs[0] = CommitLog(path)
        for log in logs:
            assert list(log.records()) == records[::-1]
            for number, (removed, added, _, _) in enumerate(commits, 1):
                assert list(log.removals(number)) == removed
                assert list(log.additions(number)) == added

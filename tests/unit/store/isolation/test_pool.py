"""Questions in other processes: the same answers, nothing missed, and nothing that lasts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from orthogramic.errors import (
    InterruptedWorkError,
    LimitExceededError,
    NotAcceptableError,
    OrthogramicError,
    QueryCrashedError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    ServiceBusyError,
    TooManyRowsError,
)
from orthogramic.store import Dataset, EmbeddedStore
from orthogramic.store.isolation.bounds import Bounds
from orthogramic.store.isolation.cancellation import Cancellation
from orthogramic.store.isolation.pool import QueryPool
from orthogramic.store.question import Formats, Question
from orthogramic.syntax import RdfSyntax, ResultFormat
from tests.unit.store.isolation.pools import (
    APART,
    GRAPH,
    LITTLE,
    SAYS,
    THING,
    Commits,
    answer,
    pool_on,
)

OTHER = NamedNode("https://things.example/h")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
VALUES = f"SELECT ?o WHERE {{ {THING} {SAYS} ?o }} ORDER BY ?o"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DOUBLING = "SELECT ?v0 WHERE { BIND('aaaaaaaaaaaaaaaa' AS ?v40) " + "".join(
    f"BIND(CONCAT(?v{at + 1}, ?v{at + 1}) AS ?v{at}) " for at in reversed(range(40))
)


def said(number: int, graph: NamedNode = GRAPH) -> Quad:
    return Quad(THING, SAYS, Literal(number), graph)


@pytest.fixture(params=["memory", "disk"])
def commits(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Commits]:
    path = tmp_path / "quads" if request.param == "disk" else None
    store = EmbeddedStore(path, apart=APART)
    store.add_in_bulk([Quad(BlankNode(), SAYS, BlankNode("kept"), OTHER)])
    store.add_in_bulk(said(each) for each in range(500))
    yield Commits(store)
    store.close()


@pytest.fixture
def pool(commits: Commits, tmp_path: Path) -> Iterator[QueryPool]:
    with pool_on(commits, tmp_path / "replicas") as made:
        yield made


def test_every_kind_of_answer_is_what_the_store_says(commits: Commits, pool: QueryPool) -> None:
    commits.commit([said(1, OTHER), said(2, OTHER)])
    questions = [
        Question(COUNT),
        Question(COUNT, Dataset(default=(GRAPH, OTHER))),
        Question(COUNT.replace("WHERE", f"FROM {GRAPH} FROM {OTHER} WHERE")),
        Question("ASK { GRAPH ?g { ?s ?p 3 } }", Dataset(named=(OTHER,))),
        Question(VALUES, formats=Formats(rows=ResultFormat.CSV)),
        Question("SELECT ?p ?o WHERE { ?s ?p ?o }", bindings={"o": Literal(7)}),
        Question("ASK { ?s <rel> ?o . ?s own:p ?o }", prefixes={"own": "https://o.example/"},
                 base_iri="https://b.example/"),
        Question("CONSTRUCT { ?s own:p ?o } WHERE { ?s ?p ?o . FILTER(?o < 9) }",
                 prefixes={"own": "https://o.example/"}, formats=Formats(graph=RdfSyntax.TURTLE)),
    ]  # fmt: skip
    for question in questions:
        expected = question.put_to(commits.store)
        found = pool.evaluate(question)
        assert found.head.variables == expected.variables
        assert found.head.boolean == expected.boolean
        assert found.head.is_graph == expected.is_graph
        assert found.head.snapshot == 1
        content = b"".join(found.pieces())
        whole = b"".join(expected.serialize(question.formats.of(expected)))
        # Rows in memory have no order of their own.
        assert sorted(content.split()) == sorted(whole.split())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (Question("SELECT ?x WHERE { ?x"), QuerySyntaxError),
        (Question("SELECT (<https://no.example/f>(1) AS ?x) {}"), QueryRefusedError),
        (Question("ASK {}", formats=Formats(boolean=None)), NotAcceptableError),
        (Question("CONSTRUCT {} WHERE {}", formats=Formats(graph=None)), NotAcceptableError),
    ],
)
def test_a_fault_is_the_same_error_as_at_home(
    commits: Commits, pool: QueryPool, question: Question, kind: type[OrthogramicError]
) -> None:
    with pytest.raises(kind) as found:
        pool.evaluate(question)
    with pytest.raises(kind) as at_home:
        answered = question.put_to(commits.store)
        question.formats.of(answered)
    assert found.value.to_dict() == at_home.value.to_dict()


def test_who_asks_sees_what_he_wrote(commits: Commits, pool: QueryPool) -> None:
    for number in range(1, 60):
        commits.commit([said(1000 + number)], [said(number)])
        found = pool.evaluate(Question(VALUES, formats=Formats(rows=ResultFormat.CSV)))
        values = {int(each) for each in b"".join(found.pieces()).split()[1:]}
        assert found.head.snapshot == number
        assert 1000 + number in values
        assert number not in values
        assert len(values) == 500


def test_a_change_in_many_steps_is_seen_whole(commits: Commits, pool: QueryPool) -> None:
    assert b'"500"' in answer(pool, COUNT.replace("?p", str(SAYS)).replace("?s", str(THING)))
    commits.commit_in_bulk([said(each, OTHER) for each in range(1000, 2000)])
    found = pool.evaluate(Question(VALUES, formats=Formats(rows=ResultFormat.CSV)))
    assert found.head.snapshot == 1
    assert len(b"".join(found.pieces()).split()) == 1501


def test_blank_nodes_keep_their_names(pool: QueryPool) -> None:
    found = answer(pool, "SELECT ?o WHERE { GRAPH <https://things.example/h> { ?s ?p ?o } }")
    assert b'"kept"' in found


@pytest.mark.parametrize(
    ("text", "bounds", "kind"),
    [
        (ENDLESS, replace(LITTLE, seconds=0.5), QueryTimeoutError),
        (DOUBLING + "}", LITTLE, QueryMemoryError),
        ("SELECT ?x WHERE " + "{" * 5000 + "}" * 5000, LITTLE, QueryCrashedError),
        ("SELECT ?a ?f WHERE { ?a ?b ?c . ?d ?e ?f }", replace(LITTLE, rows=99), TooManyRowsError),
        (
            "SELECT ?a ?f WHERE { ?a ?b ?c . ?d ?e ?f }",
            replace(LITTLE, answer_bytes=9999),
            LimitExceededError,
        ),
    ],
    ids=["time", "memory", "nesting", "rows", "bytes"],
)
def test_a_bound_that_is_passed_ends_the_question_and_nothing_else(
    commits: Commits, tmp_path: Path, text: str, bounds: Bounds, kind: type[OrthogramicError]
) -> None:
    with pool_on(commits, tmp_path / "replicas", bounds) as pool:
        with pytest.raises(kind):
            answer(pool, text)
        assert b'"501"' in answer(pool, COUNT)


def test_less_time_may_be_asked_for(pool: QueryPool) -> None:
    answer(pool, "ASK {}")
    started = time.monotonic()
    with pytest.raises(QueryTimeoutError) as found:
        pool.evaluate(Question(ENDLESS), seconds=0.2)
    assert found.value.limit == 0.2
    assert time.monotonic() - started < 5


def test_the_first_bytes_come_before_the_last_row_is_found(pool: QueryPool) -> None:
    found = pool.evaluate(Question("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), seconds=2)
    pieces = found.pieces()
    assert next(pieces).startswith(b'{"head"')
    with pytest.raises(OrthogramicError):
        for _ in pieces:
            pass
    found.close()


def test_an_answer_that_nobody_wants_is_stopped(pool: QueryPool) -> None:
    wanted = Cancellation()
    answer(pool, "ASK {}")
    threading.Timer(0.3, wanted.cancel).start()
    started = time.monotonic()
    with pytest.raises(InterruptedWorkError):
        pool.evaluate(Question(ENDLESS), cancellation=wanted)
    assert time.monotonic() - started < 10
    answer(pool, "ASK {}")


def test_an_answer_that_is_let_go_of_is_stopped(pool: QueryPool) -> None:
    found = pool.evaluate(Question("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
    found.close()
    started = time.monotonic()
    answer(pool, "ASK {}")
    assert time.monotonic() - started < 10


def test_more_may_not_wait_than_may_wait(commits: Commits, tmp_path: Path) -> None:
    bounds = replace(LITTLE, waiting=1, seconds=10)
    with pool_on(commits, tmp_path / "replicas", bounds) as pool:
        answer(pool, "ASK {}")
        wanted = [Cancellation(), Cancellation()]
        asking = [threading.Thread(target=_endless, args=(pool, each)) for each in wanted]
        for each in asking:
            each.start()
            time.sleep(0.3)
        with pytest.raises(ServiceBusyError):
            answer(pool, "ASK {}")
        for said_no in wanted:
            said_no.cancel()
        for each in asking:
            each.join(10)
        answer(pool, "ASK {}")


def _endless(pool: QueryPool, cancellation: Cancellation) -> None:
    with pytest.raises(InterruptedWorkError):
        pool.evaluate(Question(ENDLESS), cancellation=cancellation)


def test_a_worker_that_died_by_itself_is_replaced(pool: QueryPool) -> None:
    answer(pool, "ASK {}")
    (member,) = pool._crew._members
    assert member.worker
    os.kill(member.worker.identifier, signal.SIGKILL)
    time.sleep(0.3)
    answer(pool, "ASK {}")


def test_memory_that_the_system_refuses_is_an_error_of_memory(
    commits: Commits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody watches: the limit that the worker sets itself is what stops the query.
    monkeypatch.setattr("orthogramic.store.isolation.watching.Watching._look", lambda *_: None)
    with pool_on(commits, tmp_path / "replicas") as pool:
        with pytest.raises(QueryMemoryError):
            answer(pool, DOUBLING + "}")
        answer(pool, "ASK {}")


def test_nothing_is_left_behind(commits: Commits, tmp_path: Path) -> None:
    folder = tmp_path / "replicas"
    folder.mkdir()
    (folder / "of-a-service-that-was-killed").write_text("x")
    with pool_on(commits, folder) as pool:
        answer(pool, "ASK {}")
        assert [each.name for each in folder.iterdir()] in (["1"], [])
    assert not folder.exists()


SERVICE = """
import sys, time
from pathlib import Path
from orthogramic.store import EmbeddedStore
from orthogramic.store.question import Question
from tests.unit.store.isolation.pools import *
commits = Commits(EmbeddedStore(apart=APART))
commits.commit([Quad(THING, SAYS, Literal(each), GRAPH) for each in range(300)])
with pool_on(commits, Path(sys.argv[1])) as pool:
    answer(pool, "ASK {}")
    print(*[each.worker.identifier for each in pool._crew._members], flush=True)
    answer(pool, sys.argv[2])
"""


def test_a_worker_ends_with_its_service_even_in_the_midst_of_a_question(tmp_path: Path) -> None:
    service = subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(tmp_path / "replicas"), ENDLESS],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert service.stdout
    workers = [int(each) for each in service.stdout.readline().split()]
    assert workers
    time.sleep(0.3)
    service.send_signal(signal.SIGKILL)
    service.wait()
    service.stdout.close()
    for _ in range(100):
        if not any(_runs(each) for each in workers):
            return
        time.sleep(0.1)
    raise AssertionError(f"still running: {workers}")


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_worker_is_slim_and_knows_nothing_of_the_house(tmp_path: Path) -> None:
    commits = Commits(EmbeddedStore(apart=APART))
    with pool_on(commits, tmp_path / "replicas") as pool:
        assert json.loads(answer(pool, "ASK {}"))["boolean"] is True
        (member,) = pool._crew._members
        assert member.worker
        mapped = Path(f"/proc/{member.worker.identifier}/maps").read_text()
    assert "pyoxigraph" in mapped
    assert "numpy" not in mapped
    assert os.getpid() != member.worker.identifier

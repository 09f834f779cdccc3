"""What is exported is what is there, and long exports are streamed safely."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pyoxigraph
import pytest

import orthogramic
from orthogramic import Repository
from orthogramic.errors import UnknownGraphError
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from orthogramic.service.streaming import on_own_thread
from tests.service.service_client import ServiceClient, problem

EXPORT = "/api/v1/export"
DATASETS = [
    ("trig", pyoxigraph.RdfFormat.TRIG),
    ("nquads", pyoxigraph.RdfFormat.N_QUADS),
    ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
]


@pytest.mark.parametrize(("name", "rdf_format"), DATASETS)
def test_everything_comes_with_its_graphs(
    client: ServiceClient, reference: Repository, name: str, rdf_format: pyoxigraph.RdfFormat
) -> None:
    answer = client.get(EXPORT, format=name)
    graphs: dict[str, int] = {}
    for quad in set(pyoxigraph.parse(answer.content, rdf_format)):
        graph = quad.graph_name.value
        graphs[graph] = graphs.get(graph, 0) + 1
    assert graphs == {each.iri: each.triples for each in reference.graphs()}


def test_the_file_has_a_name(client: ServiceClient) -> None:
    field = client.get(EXPORT, format="turtle", entity="Michael Chen").headers[
        "content-disposition"
    ]
    assert field == 'attachment; filename="orthogramic-1-Michael-Chen.ttl"'


def test_accept_decides_where_no_format_is_named(client: ServiceClient) -> None:
    assert client.get(EXPORT).headers["content-type"] == "application/trig"
    assert (
        client.get(EXPORT, "application/n-triples")
        .headers["content-type"]
        .startswith("application/n-triples")
    )


def test_one_graph(client: ServiceClient, reference: Repository) -> None:
    graph = reference.graphs()[0]
    answer = client.get(EXPORT, format="ntriples", graph=graph.iri)
    assert len(answer.text.splitlines()) == graph.triples


def test_what_follows_comes_on_request(client: ServiceClient) -> None:
    lean = client.get(EXPORT, format="nquads").text.splitlines()
    full = client.get(EXPORT, format="nquads", inferred="true").text.splitlines()
    assert set(lean) < set(full)


@pytest.mark.parametrize(
    ("parameters", "status", "code"),
    [
        ({"format": "word"}, 400, "invalid-parameter"),
        ({"graph": "http://e/nothing"}, 404, "unknown-graph"),
        ({"graph": "no iri"}, 400, "invalid-parameter"),
        ({"entity": "Nobody"}, 404, "unknown-entity"),
        ({"entity": "Michael Chen", "graph": "http://e/g"}, 400, "invalid-parameter"),
        ({"inferred": "perhaps"}, 400, "invalid-parameter"),
    ],
)
def test_what_cannot_be_exported_is_a_problem_before_the_first_byte(
    client: ServiceClient, parameters: dict[str, str], status: int, code: str
) -> None:
    problem(client.get(EXPORT, **parameters), status, code)


def test_a_long_export_survives_the_change_of_threads() -> None:
    """The engine ends the process when one of its iterators is used on a second thread."""
    lines = "".join(f'<http://e/{n}> <http://e/p> "{n}" .\n' for n in range(20_000))
    with orthogramic.open_memory() as repository:
        repository.load_bytes(lines.encode(), syntax="ntriples", gate=False)
        client = ServiceClient(create_service(repository, Settings()))
        for name in ("ntriples", "nquads"):
            assert len(client.get(EXPORT, format=name).text.splitlines()) == 20_000


def test_a_stream_is_produced_on_one_thread_and_may_be_taken_on_many() -> None:
    seen: set[int] = set()

    def produce() -> Iterator[bytes]:
        for number in range(50):
            seen.add(threading.get_ident())
            yield bytes([number]) * 20_000

    chunks = on_own_thread(produce)
    taken: list[bytes] = []

    def take() -> None:
        taken.extend(chunk for chunk in [next(chunks, b"")] if chunk)

    for _ in range(20):
        taker = threading.Thread(target=take)
        taker.start()
        taker.join()
    assert b"".join(taken) == b"".join(bytes([number]) * 20_000 for number in range(50))
    assert len(seen) == 1
    assert threading.get_ident() not in seen


def test_a_stream_passes_on_what_its_producer_raises() -> None:
    def produce() -> Iterator[bytes]:
        yield b"x"
        raise UnknownGraphError("There is none.")

    with pytest.raises(UnknownGraphError):
        list(on_own_thread(produce))


def test_the_producer_stops_when_nobody_takes_any_more() -> None:
    stopped = threading.Event()

    def produce() -> Iterator[bytes]:
        try:
            while True:
                yield bytes(1 << 16)
        finally:
            stopped.set()

    chunks = on_own_thread(produce)
    next(chunks)
    del chunks
    deadline = time.monotonic() + 10
    while not stopped.is_set() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert stopped.is_set()

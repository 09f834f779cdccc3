"""Clients of a service: some that read a mix of answers, one that edits entities without end.

Every client keeps one connection and asks its next question when the last is answered.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import quote, urlencode

import httpx

_LOOK_UP = "SELECT ?p ?o WHERE { <%s> ?p ?o }"
_TEXTS = "SELECT ?p ?o WHERE { GRAPH ?g { <%s> ?p ?o } FILTER(isLiteral(?o)) }"
_UPDATE = (
    "DELETE { GRAPH ?g { <%(entity)s> <%(property)s> ?old } } "
    "INSERT { GRAPH ?g { <%(entity)s> <%(property)s> %(new)s } } "
    'WHERE { GRAPH ?g { <%(entity)s> <%(property)s> ?old FILTER(CONTAINS(STR(?old), " ")) } }'
)
#: A question may wait for what is worked out once for the whole store.
_PATIENCE = 900


@dataclass(frozen=True, slots=True)
class Request:
    """One request: what it is in the table, and what is sent."""

    kind: str
    method: str
    target: str
    body: str | None = None
    media_type: str = ""


@dataclass(slots=True)
class Answers:
    """What came back: milliseconds by kind of request, and the first words of each failure."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def all(self) -> list[float]:
        """Every duration, whatever was asked."""
        return [each for several in self.milliseconds.values() for each in several]

    def failed(self, kind: str | None = None) -> int:
        """Return how many requests failed, of one kind or of all."""
        return sum(len(each) for name, each in self.failures.items() if kind in {None, name})


class Questions:
    """What the readers ask of one store."""

    def __init__(self, address: str, seed: int, most: int = 200) -> None:
        with httpx.Client(base_url=address, timeout=_PATIENCE) as client:
            self._entities = sampled_entities(client, most, seed)
            self._queries = list(_about_one_entity(client))

    def requests(self, seed: int) -> Iterator[Request]:
        """Yield requests without end, every kind as often as the others."""
        chosen = random.Random(seed)
        makers = [self._look_up, self._view, self._search, self._impact, self._saved]
        while True:
            chosen.shuffle(makers)
            for make in makers:
                yield make(chosen)

    def _look_up(self, chosen: random.Random) -> Request:
        query = _LOOK_UP % chosen.choice(self._entities)["iri"]
        return _get("short SPARQL query", "/sparql", query=query)

    def _view(self, chosen: random.Random) -> Request:
        entity = chosen.choice(self._entities)
        return _get("entity", _path_of(entity))

    def _search(self, chosen: random.Random) -> Request:
        words = chosen.choice(self._entities)["label"].split()
        return _get("search", "/api/v1/search", q=words[0])

    def _impact(self, chosen: random.Random) -> Request:
        return _get("impact", "/api/v1/impact", source=chosen.choice(self._entities)["iri"])

    def _saved(self, chosen: random.Random) -> Request:
        name, parameter, values = chosen.choice(self._queries)
        return _get("saved query", f"/api/v1/queries/{name}", **{parameter: chosen.choice(values)})


def reading(address: str, questions: Questions, readers: int, until: Callable[[], bool]) -> Answers:
    """Let some clients ask side by side until they are told to stop."""
    found = Answers()
    tasks = [
        threading.Thread(target=ask, args=(address, questions.requests(each), until, found))
        for each in range(readers)
    ]
    for each in tasks:
        each.start()
    for each in tasks:
        each.join()
    return found


def ask(
    address: str, requests: Iterator[Request], until: Callable[[], bool], found: Answers
) -> None:
    """Send one request after the other on one connection.

    :param until: tells when it is enough.
    :param found: what came back is noted there.
    """
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=_PATIENCE)
    while not until():
        request = next(requests)
        headers = {"Content-Type": request.media_type} if request.body else {}
        started = time.perf_counter()
        try:
            connection.request(request.method, request.target, request.body, headers)
            answer = connection.getresponse()
            said, status = answer.read(), answer.status
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            said, status = repr(error).encode(), 0
        found.milliseconds[request.kind].append((time.perf_counter() - started) * 1000)
        if not 200 <= status < 300:
            words = f"{status} {said[:300].decode(errors='replace')}"
            found.failures[request.kind].append(words)
    connection.close()


def edits(address: str, seed: int, most: int = 100) -> Iterator[Request]:
    """Yield gated edits of entities without end: a merge patch, an update, and so on.

    Each gives an entity another text that the shapes leave open.
    """
    with httpx.Client(base_url=address, timeout=_PATIENCE) as client:
        entities = sampled_entities(client, most, seed)
        made = [
            maker
            for number, entity in enumerate(entities)
            for maker in (_patch(client, entity) if number % 2 else _update(client, entity),)
            if maker is not None
        ]
    for number in count():
        yield made[number % len(made)](f"{seed}.{number}")


def sampled_entities(client: httpx.Client, most: int, seed: int) -> list[dict[str, str]]:
    """Return some entities, spread over all that there are."""
    total = client.get("/api/v1/entities", params={"limit": 1}).raise_for_status().json()["total"]
    chosen = random.Random(seed)
    pages = [
        client.get("/api/v1/entities", params={"limit": 10, "offset": chosen.randrange(total)})
        for _ in range(max(1, most // 10))
    ]
    return [each for page in pages for each in page.raise_for_status().json()["items"]]


Maker = Callable[[str], Request]


def _patch(client: httpx.Client, entity: Mapping[str, str]) -> Maker | None:
    document = client.get(_path_of(entity), params={"form": "document"}).raise_for_status().json()
    name, text = _longest((name, each) for name, each in document.items() if isinstance(each, str))
    if not text:
        return None

    def make(mark: str) -> Request:
        body = json.dumps({name: f"{text} +{mark}"})
        return Request("patch", "PATCH", _path_of(entity), body, "application/merge-patch+json")

    return make


def _update(client: httpx.Client, entity: Mapping[str, str]) -> Maker | None:
    answer = client.get("/sparql", params={"query": _TEXTS % entity["iri"]}).raise_for_status()
    rows: Sequence[dict[str, Any]] = answer.json()["results"]["bindings"]
    name, text = _longest((row["p"]["value"], row["o"]["value"]) for row in rows)
    if not text:
        return None

    def make(mark: str) -> Request:
        new = json.dumps(f"{text} +{mark}", ensure_ascii=False)
        body = _UPDATE % {"entity": entity["iri"], "property": name, "new": new}
        return Request("SPARQL update", "POST", "/sparql", body, "application/sparql-update")

    return make


def _longest(texts: Iterator[tuple[str, str]]) -> tuple[str, str]:
    """Return the longest text of several words: no name, and no member of a closed list."""
    several = (each for each in texts if each[1].count(" ") > 2)
    return max(several, key=lambda each: len(each[1]), default=("", ""))


def _about_one_entity(client: httpx.Client) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the saved queries that need exactly one entity: name, parameter, some entities."""
    for query in client.get("/api/v1/queries").raise_for_status().json()["items"]:
        needed = [each for each in query["parameters"] if each["required"]]
        if len(needed) == 1 and needed[0].get("class"):
            wanted = {"class": needed[0]["class"], "limit": "20"}
            found = client.get("/api/v1/entities", params=wanted).raise_for_status().json()
            if found["items"]:
                yield query["name"], needed[0]["name"], [each["iri"] for each in found["items"]]


def _path_of(entity: Mapping[str, str]) -> str:
    return f"/api/v1/entities/{quote(entity['class'])}/{quote(entity['key'], safe='')}"


def _get(kind: str, path: str, **parameters: str) -> Request:
    return Request(kind, "GET", f"{path}?{urlencode(parameters)}" if parameters else path)

"""Numbered writes of each kind, and what is there after so many of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.unit.repository.processes import hives

if TYPE_CHECKING:
    from orthogramic import Repository

BEES = "PREFIX bee: <https://bees.example/terms#>"
GRAPH = "https://bees.example/graph/fence"
#: How many hives one write changes.
MANY = 5

#: Hives with their captions, by their codes.
Hives = dict[str, str]


def start(repository: Repository) -> None:
    """Make the commit that all kinds begin with: some hives, one of them with a warning."""
    data = hives(0, MANY).replace('"N-0" ;', '"N-0" ; bee:temper "gentle" ;').encode()
    lone = f'{hives(0, 0)} <https://bees.example/id/Hive/L> a bee:Hive ; bee:hiveCode "L" ; '
    repository.load_bytes(data, syntax="turtle", message="start")
    repository.load_bytes(f'{lone} bee:caption "Lone" .'.encode(), syntax="turtle", message="lone")


#: How many commits that makes.
STARTED = 2
_BEFORE: Hives = {"L": "Lone", **{f"N-{each}": f"Number {each}" for each in range(MANY)}}


def update_text(number: int) -> str:
    """Return an update that changes every hive but one."""
    return (
        f"{BEES} DELETE {{ GRAPH ?g {{ ?hive bee:caption ?caption }} }} "
        f'INSERT {{ GRAPH ?g {{ ?hive bee:caption "Round {number}" }} }} '
        "WHERE { GRAPH ?g { ?hive bee:hiveCode ?code ; bee:caption ?caption } "
        'FILTER(?code != "L") }'
    )


def graph_document(number: int) -> bytes:
    """Return a graph of hives that go nowhere, which the shapes warn of; twice as many in turn."""
    lines = (
        f'<https://bees.example/id/Hive/G-{each}> a bee:Hive ; bee:hiveCode "G-{each}" ; '
        f'bee:caption "Put {number}" .'
        for each in range(MANY * (1 + number % 2))
    )
    return f"@prefix bee: <https://bees.example/terms#> . {' '.join(lines)}".encode()


def entity_step(number: int) -> tuple[str, str, bytes | None]:
    """Return method, address behind ``/api/v1/entities`` and document of a step.

    An entity is created, patched, and every third one deleted again.
    """
    entity, step = divmod(number, 3)
    if step == 0:
        document = {"class": "Hive", "hiveCode": f"E-{entity}", "caption": f"New {entity}"}
        return "POST", "", json.dumps(document).encode()
    if step == 1:
        return "PATCH", f"/Hive/E-{entity}", json.dumps({"caption": f"Old {entity}"}).encode()
    return "DELETE", f"/Hive/E-{entity}", None


def carry_out(repository: Repository, kind: str, number: int) -> None:
    """Make the write of a number in this process."""
    message = str(number)
    if kind in {"load", "bulk"}:
        repository.load_bytes(
            hives(MANY * (number + 1), MANY).encode(),
            syntax="turtle",
            gate=kind == "load",
            message=message,
        )
    elif kind == "update":
        repository.update(update_text(number), message=message)
    elif kind == "put":
        repository.put_graph(GRAPH, graph_document(number), syntax="turtle", message=message)
    elif kind == "entity":
        method, name, content = entity_step(number)
        name = name.removeprefix("/")
        if method == "POST":
            repository.create_entity(None, json.loads(content or b""), message=message)
        elif method == "PATCH":
            repository.patch_entity(name, json.loads(content or b""), message=message)
        else:
            repository.delete_entity(name, message=message)
    else:
        raise ValueError(kind)


def after(kind: str, count: int) -> Hives:
    """Return the hives that there are after so many writes of a kind."""
    there = dict(_BEFORE)
    if not count:
        return there
    last = count - 1
    if kind in {"load", "bulk"}:
        there |= {f"N-{each}": f"Number {each}" for each in range(MANY * (count + 1))}
    elif kind == "update":
        there |= {f"N-{each}": f"Round {last}" for each in range(MANY)}
    elif kind == "put":
        there |= {f"G-{each}": f"Put {last}" for each in range(MANY * (1 + last % 2))}
    else:
        entity, step = divmod(last, 3)
        if step < 2:
            there[f"E-{entity}"] = f"{('New', 'Old')[step]} {entity}"
    return there

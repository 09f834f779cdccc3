"""The same suites against a gated repository whose bundle has neither terms nor shapes.

The routes are those of the scratch store, so the behaviour is the same but for what the repository
says of itself: blank nodes become addresses, the default graph of a query is the merge of all
graphs, a graph without a statement is not there, nothing is fetched, and a dataset of the request
is the only one that a test can ask for. That blank nodes become addresses is undone here, on the
way out (RDF 1.1 Concepts, section 3.5), so that everything else can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.suites import (
    ABSENT,
    SUITES,
    listed,
    of_protocols,
    of_sparql,
    run,
    served,
)

SERVE = '''
import re, tempfile
from pathlib import Path
import orthogramic
from orthogramic.service.app import create_service
from orthogramic.service.run import run
from orthogramic.service.settings import Settings

ONTOLOGY = """
<http://example.org/none> a <http://www.w3.org/2002/07/owl#Ontology> ;
    <http://www.w3.org/2000/01/rdf-schema#label> "None" .
"""
ADDRESS = rb"https://data\\.orthogramic\\.com/\\.well-known/genid/([0-9a-f]+)"
FORMS = (
    (re.compile(rb"<" + ADDRESS + rb">"), rb"_:b\\1"),
    (re.compile(rb'rdf:(?:about|resource)="' + ADDRESS + rb'"'), rb'rdf:nodeID="b\\1"'),
    (re.compile(rb'"' + ADDRESS + rb'"'), rb'"_:b\\1"'),
)

class BlankAgain:
    """Gives blank nodes back in what is read of graphs."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or not scope["path"].startswith("/graphs"):
            return await self.app(scope, receive, send)
        waiting = []

        async def changing(message):
            if message["type"] == "http.response.start":
                headers = [h for h in message["headers"] if h[0] != b"content-length"]
                return await send({**message, "headers": headers})
            waiting.append(message.get("body", b""))
            if not message.get("more_body"):
                body = b"".join(waiting)
                for form, blank in FORMS:
                    body = form.sub(blank, body)
                await send({"type": "http.response.body", "body": body})

        await self.app(scope, receive, changing)

def application(repository, settings):
    app = create_service(repository, settings)
    app.add_middleware(BlankAgain)
    return app

with tempfile.TemporaryDirectory() as folder:
    bundle = Path(folder, "bundle", "ontology")
    bundle.mkdir(parents=True)
    (bundle / "none.ttl").write_text(ONTOLOGY)
    with orthogramic.open_memory(bundle=[bundle.parent]) as repository:
        settings = Settings(port=0, allowed_origins=("*",))
        run(lambda final: application(repository, final), settings)
'''

pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason=ABSENT)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a service over a gated repository."""
    with served(SERVE) as found:
        yield found


def test_protocols(address: str, tmp_path: Path) -> None:
    sparql, graphs = f"{address}/sparql", f"{address}/graphs"
    found = run(
        "run_protocol.py", sparql, sparql, graphs, "--direct", report=tmp_path / "report.json"
    )
    assert of_protocols(found, "fail") == listed("gaps", "protocol")
    assert of_protocols(found, "pass") == listed("passes", "protocol")


def test_queries_on_graphs_that_the_request_names(address: str, tmp_path: Path) -> None:
    found = run(
        "run_sparql_eval.py",
        f"{address}/sparql",
        f"{address}/sparql",
        f"{address}/graphs",
        *("--suites", "sparql11", "--dataset", "protocol"),
        *("--graph-base", "http://example.org/conformance/"),
        report=tmp_path / "report.json",
    )
    assert of_sparql(found, "fail") == listed("gaps", "gated_sparql11")
    assert of_sparql(found, "pass") == listed("passes", "gated_sparql11")

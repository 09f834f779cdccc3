"""The reference of the interface: complete, true, and readable without a network."""

from __future__ import annotations

import shlex
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest

from orthogramic.service.openapi import document_of
from orthogramic.service.reference_page import curl_example, reference_page
from tests.service.service_client import ServiceClient


class Links(HTMLParser):
    """Collects what a page would fetch, and the text of its examples."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.examples: list[str] = []
        self.tags: set[str] = set()
        self._in_example = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses in a tag."""
        self.tags.add(tag)
        self._in_example = tag == "pre"
        if self._in_example:
            self.examples.append("")
        self.fetched += [value or "" for name, value in attrs if name in {"src", "srcset"}]
        if tag == "link":
            self.fetched += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        """Note the text of an example."""
        if self._in_example:
            self.examples[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Leave an example."""
        if tag == "pre":
            self._in_example = False


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]


def run(client: ServiceClient, command: str) -> int:
    """Do what a curl command would do, and return the status."""
    words = shlex.split(command)
    assert words.pop(0) == "curl"
    address = urlsplit(words.pop())
    method, headers, content = "GET", {}, None
    while words:
        option, value = words.pop(0), words.pop(0)
        if option == "-X":
            method = value
        elif option == "-H":
            name, _, text = value.partition(": ")
            headers[name] = text
        else:
            assert option == "--data-binary"
            content = value
    target = address.path + (f"?{address.query}" if address.query else "")
    return client.send(method, target, headers=headers, content=content).status_code


def test_the_page_fetches_nothing_and_runs_nothing(client: ServiceClient) -> None:
    answer = client.get("/docs")
    page = Links(answer.text)
    assert page.fetched == []
    assert "script" not in page.tags
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def allowed(example: str) -> set[int]:
    """Return what an example may answer; a store in memory has nothing to back up."""
    return {400} if "/backup" in example else {200, 303}


def test_every_operation_is_on_the_page_with_an_example_that_works(client: ServiceClient) -> None:
    examples = Links(client.get("/docs").text).examples
    documented = operations(client.get("/openapi.json").json())
    assert len(examples) == len(documented)
    for example in examples:
        assert run(client, example) in allowed(example), example


def test_examples_work_on_another_domain_too(toy_client: ServiceClient) -> None:
    for example in Links(toy_client.get("/docs").text).examples:
        # All saved queries of this domain need a parameter.
        expected = {200, 303, 400} if "/queries/" in example else allowed(example)
        assert run(toy_client, example) in expected, example


def test_every_operation_is_described(client: ServiceClient) -> None:
    for method, path, operation in operations(client.get("/openapi.json").json()):
        place = f"{method} {path}"
        assert operation["summary"], place
        assert operation["description"], place
        assert operation["tags"], place
        assert "200" in operation["responses"] or "303" in operation["responses"], place
        # The shape that the framework would give it is not ours.
        assert "HTTPValidationError" not in str(operation["responses"].get("422")), place
        for parameter in operation.get("parameters", []):
            assert parameter["description"], f"{place} {parameter['name']}"


def test_problems_are_documented_in_their_shape(client: ServiceClient) -> None:
    document = client.get("/openapi.json").json()
    required = document["components"]["schemas"]["Problem"]["required"]
    assert set(required) == {"type", "title", "status", "detail", "code"}
    for _, path, operation in operations(document):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], path


def test_operation_ids_are_unique(client: ServiceClient) -> None:
    found = [each["operationId"] for _, _, each in operations(document_of(client.app))]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", ["it's", "a\nb", "$HOME `x`", '"'])
def test_an_example_survives_the_shell(text: str) -> None:
    operation = {"requestBody": {"content": {"text/plain": {"example": text}}}}
    words = shlex.split(curl_example("post", "/x", operation, [], "http://e"))
    assert words[words.index("--data-binary") + 1] == text


def test_the_page_shows_text_as_text() -> None:
    operation = {"summary": "<b>&", "responses": {"200": {"description": "<i>"}}}
    page = reference_page(
        {"info": {"title": "<u>"}, "paths": {"/<x>": {"get": operation}}}, "http://e"
    )
    assert not Links(page).tags & {"b>", "i", "u", "x"}
    assert "&lt;b&gt;&amp;" in page

"""What people can use is documented: commands, routes, queries, terms, settings, errors."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import TYPE_CHECKING

import click
import pytest

from orthogramic import Repository
from orthogramic.application import create_application
from orthogramic.cli.main import cli
from orthogramic.repository.directory import StoreDirectory
from orthogramic.service.app import create_scratch
from orthogramic.service.settings import Limits, Settings
from orthogramic.vocabulary import KR
from tests.docs.documents import DOCUMENTS, REFERENCE, ROOT

if TYPE_CHECKING:
    from fastapi import FastAPI


def reference_page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", cli.commands)
def test_a_command_and_its_options_are_documented(name: str) -> None:
    page = reference_page("cli")
    section = page.partition(f"### `{name}`\n")[2].partition("\n### ")[0]
    assert section
    general = page.partition("\n### ")[0]
    command = cli.commands[name]
    for option in command.params:
        if isinstance(option, click.Option):
            where = general if option.name in {"store", "bundle", "token", "as_json"} else section
            assert all(f"`{each}`" in where for each in option.opts), option.opts
            assert option.help, f"{name} {option.opts} has no help"


def test_the_options_of_the_program_are_documented() -> None:
    general = reference_page("cli").partition("\n### ")[0]
    for option in cli.params:
        assert f"`{option.opts[0]}`" in general


def test_every_route_is_documented(reference: Repository) -> None:
    page = reference_page("http")
    apps: list[FastAPI] = [create_application(reference), create_scratch(Settings(scratch=True))]
    for app in apps:
        for route in app.routes:
            path = re.sub(r":\w+\}", "}", getattr(route, "path", ""))
            assert re.search(rf"`{re.escape(path)}[^`]*`", re.sub(r":\w+\}", "}", page)), path


def test_every_parameter_of_a_question_is_documented(reference: Repository) -> None:
    page = reference_page("http")
    app = create_application(reference)
    for route in app.routes:
        if getattr(route, "path", "").startswith("/api/v1/"):
            for parameter in route.dependant.query_params:  # type: ignore[attr-defined]
                assert f"`{parameter.alias}`" in page, parameter.alias


def test_every_saved_query_is_documented(reference: Repository) -> None:
    page = reference_page("saved-queries")
    for query in reference.queries():
        assert f"### `{query.name}`\n" in page


def test_every_dataset_is_described_where_data_is_described() -> None:
    folders = [each.parent.name for each in (ROOT / "data").glob("*/dataset.ttl")]
    assert len(folders) > 1
    for page in (ROOT / "data" / "README.md", DOCUMENTS / "explanation" / "reference-data.md"):
        for name in folders:
            assert f"`{name}`" in page.read_text("utf-8"), f"{page.name} lacks {name}"


def test_what_finds_the_planted_gaps_is_a_saved_query(reference: Repository) -> None:
    page = (DOCUMENTS / "explanation" / "reference-data.md").read_text("utf-8")
    section = page.partition("## What is planted\n")[2]
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", section))
    assert len(named) > 8
    assert named <= {each.name for each in reference.queries()}


def test_every_term_of_the_system_vocabulary_is_documented() -> None:
    page = reference_page("system-vocabulary")
    for name in KR.names():
        assert f"| `kr:{name}` |" in page


def test_every_limit_of_the_service_is_documented_with_its_value() -> None:
    page = reference_page("configuration").replace(",", "")
    for name, value in dataclasses.asdict(Limits()).items():
        row = rf"\|[^|\n]*\| *{value if isinstance(value, int) else f'{value:g}'} *\|"
        in_mebibytes = rf"\| MiB [^|\n]*\| *{int(value) >> 20} *\|"
        assert re.search(row, page) or re.search(in_mebibytes, page), name


def test_every_file_of_a_store_is_documented() -> None:
    page = reference_page("store-directory")
    names = re.findall(r"^ {4}([a-z./]+\.?\w*) {2,}", _layout(), flags=re.MULTILINE)
    assert {"format.json", "commits.log"} <= set(names)
    for name in names:
        assert f"`{name}`" in page


def _layout() -> str:
    from orthogramic.repository import directory  # noqa: PLC0415 - its docstring is what is asked

    assert StoreDirectory.__module__ == directory.__name__
    return directory.__doc__ or ""


def test_decisions_are_numbered_and_have_the_same_parts() -> None:
    records = sorted((DOCUMENTS / "decisions").glob("[0-9]*.md"))
    assert [each.name[:4] for each in records] == [f"{n:04}" for n in range(1, len(records) + 1)]
    for each in records:
        text = each.read_text("utf-8")
        assert text.startswith(f"# {each.name[:4]} ")
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in text, f"{each.name} lacks {part}"


def test_the_readme_tells_the_two_commands_and_makefile_has_them() -> None:
    readme, makefile = (ROOT / "README.md").read_text("utf-8"), (ROOT / "Makefile").read_text()
    for name in ("run", "test"):
        assert f"make {name}" in readme
        assert re.search(rf"^{name}:", makefile, flags=re.MULTILINE)


def test_the_json_of_the_documentation_is_json() -> None:
    for path in DOCUMENTS.rglob("*.md"):
        for text in re.findall(r"^```json\n(.*?)^```$", path.read_text("utf-8"), re.DOTALL | re.M):
            json.loads(text)

"""A backup over HTTP is the one that the files give."""

from __future__ import annotations

from pathlib import Path

import orthogramic
from orthogramic.repository.backup_file import read_backup
from orthogramic.service.app import create_service
from orthogramic.service.settings import Settings
from tests.conftest import TOY
from tests.service.service_client import ServiceClient, problem


def test_a_backup(tmp_path: Path) -> None:
    with orthogramic.open(tmp_path / "store", bundle=[TOY]) as repository:
        repository.load([TOY / "data"], gate=False)
        client = ServiceClient(create_service(repository, Settings()))
        answer = client.get("/api/v1/backup")
        assert client.send("HEAD", "/api/v1/backup").headers == answer.headers
        repository.backup(tmp_path / "b")
    assert answer.content == (tmp_path / "b").read_bytes()
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["x-orthogramic-snapshot"] == "1"
    assert 'filename="orthogramic-1.backup"' in answer.headers["content-disposition"]
    assert read_backup(tmp_path / "b").commits == 1


def test_no_log_no_backup(toy_client: ServiceClient) -> None:
    answer = toy_client.get("/api/v1/backup")
    assert "kept in memory" in problem(answer, 400, "bad-request")["detail"]

"""The tokens of a store: made once, told apart, revoked at once, and never lost to a race."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import orthogramic
from orthogramic.errors import (
    AuthenticationRequiredError,
    InvalidParameterError,
    NamingError,
    StoreFormatError,
    StoreNotWritableError,
    StoreUnavailableError,
    UsageError,
)
from orthogramic.repository.store_settings import Settings
from orthogramic.repository.tokens import LONGEST_NAME, Role, TokenKeeper

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def new_store(path: Path) -> Path:
    """Return a directory that says of itself that it is a store."""
    path.mkdir()
    Settings.new("https://data.example/").write(path)
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return new_store(tmp_path / "store")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keeper(store: Path, clock: Clock) -> TokenKeeper:
    return TokenKeeper(store, clock)


def refusal(keeper: TokenKeeper, text: str) -> str:
    with pytest.raises(AuthenticationRequiredError) as caught:
        keeper.holder(text)
    assert caught.value.status == 401
    return caught.value.rule


def test_a_token_tells_its_holder_and_role(keeper: TokenKeeper) -> None:
    token, text = keeper.create("  Ada ", Role.EDITOR)
    held = keeper.holder(str(text))
    assert (held, held.name, held.role) == (token, "Ada", Role.EDITOR)
    assert held.created == NOON
    assert keeper.tokens() == (token,)


def test_what_is_kept_is_no_token(store: Path, keeper: TokenKeeper) -> None:
    token, text = keeper.create("Ada", Role.ADMIN)
    kept = (store / "tokens.json").read_text("utf-8")
    assert text.secret not in kept
    assert hashlib.sha256(str(text).encode()).hexdigest() in kept
    assert text.secret not in repr(text)
    assert "sha256" not in token.to_dict()
    assert len(bytes.fromhex(text.secret)) == 32


def test_only_the_owner_may_read_the_file(store: Path, keeper: TokenKeeper) -> None:
    keeper.create("Ada", Role.READER)
    keeper.revoke("Ada")
    for name in ("tokens.json", "tokens.lock"):
        assert stat.S_IMODE((store / name).stat().st_mode) == 0o600
    assert not (store / "tokens.part").exists()


@pytest.mark.parametrize(
    "text",
    ["", "x", "orthogramic_", "orthogramic_0_0_0", "é" * 50, "a" * 1_000_000, "\x00", "' OR 1=1"],
)
def test_what_is_no_token_is_malformed(keeper: TokenKeeper, text: str) -> None:
    keeper.create("Ada", Role.READER)
    assert refusal(keeper, text) == "token-malformed"


def test_a_token_that_is_nearly_one_is_unknown(keeper: TokenKeeper) -> None:
    _, text = keeper.create("Ada", Role.READER)
    last = "0" if str(text)[-1] != "0" else "1"
    assert refusal(keeper, str(text)[:-1] + last) == "token-unknown"
    other = str(text).replace(f"_{text.id}_", "_00000000_")
    assert refusal(keeper, other) == "token-unknown"
    # Written otherwise it is another token: nothing is folded.
    assert refusal(keeper, str(text).upper()) == "token-malformed"
    assert refusal(keeper, f"{text} ") == "token-malformed"


def test_a_token_of_another_store_is_told_as_such(tmp_path: Path, keeper: TokenKeeper) -> None:
    keeper.create("Ada", Role.ADMIN)
    other = TokenKeeper(new_store(tmp_path / "other"))
    _, text = other.create("Ada", Role.ADMIN)
    assert refusal(keeper, str(text)) == "token-of-another-store"
    assert other.holder(str(text)).name == "Ada"


def test_where_there_are_no_tokens_none_counts(tmp_path: Path, keeper: TokenKeeper) -> None:
    _, text = TokenKeeper(new_store(tmp_path / "other")).create("Ada", Role.ADMIN)
    assert refusal(keeper, str(text)) == "token-of-another-store"
    assert keeper.check() == 0


def test_a_token_expires_at_its_time_and_no_sooner(keeper: TokenKeeper, clock: Clock) -> None:
    _, text = keeper.create("Ada", Role.READER, NOON + timedelta(days=2))
    clock.now = NOON + timedelta(days=2, seconds=-1)
    assert keeper.holder(str(text)).name == "Ada"
    clock.now += timedelta(seconds=1)
    assert refusal(keeper, str(text)) == "token-expired"
    assert keeper.check() == 0
    with pytest.raises(InvalidParameterError):
        keeper.create("Ada", Role.READER, clock.now)


def test_a_revocation_counts_at_once_for_whoever_has_read_before(
    store: Path, keeper: TokenKeeper, clock: Clock
) -> None:
    _, text = keeper.create("Ada", Role.EDITOR)
    running = TokenKeeper(store, clock)
    assert running.holder(str(text)).name == "Ada"
    (revoked,) = keeper.revoke(text.id)
    assert revoked.revoked == NOON
    assert refusal(running, str(text)) == "token-revoked"
    _, next_text = keeper.create("Ada", Role.EDITOR)
    assert running.holder(str(next_text)).name == "Ada"


def test_a_name_revokes_all_its_tokens_and_an_identifier_one(keeper: TokenKeeper) -> None:
    first, second, third = (keeper.create("Ada", Role.EDITOR)[0].id for _ in range(3))
    other, _ = keeper.create("Grace", Role.EDITOR)
    assert [each.id for each in keeper.revoke(second)] == [second]
    assert [each.id for each in keeper.revoke("Ada")] == [first, third]
    for wanted in ("Ada", first, "nobody", ""):
        with pytest.raises(NamingError):
            keeper.revoke(wanted)
    assert [each.id for each in keeper.tokens() if each.revoked is None] == [other.id]


def test_a_name_that_is_the_identifier_of_another_is_not_taken_for_it(keeper: TokenKeeper) -> None:
    first, _ = keeper.create("Ada", Role.EDITOR)
    second, _ = keeper.create(first.id, Role.EDITOR)
    assert [each.id for each in keeper.revoke(first.id)] == [first.id]
    assert [each.id for each in keeper.revoke(first.id)] == [second.id]


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00b", "\u202eevil", "x" * 201])
def test_a_name_must_be_one_that_people_can_read(keeper: TokenKeeper, name: str) -> None:
    assert LONGEST_NAME == 200
    with pytest.raises(InvalidParameterError):
        keeper.create(name, Role.READER)
    assert keeper.tokens() == ()


def test_a_name_is_one_however_it_is_typed(keeper: TokenKeeper) -> None:
    keeper.create("Rene\u0301", Role.READER)
    assert [each.name for each in keeper.revoke("Ren\u00e9")] == ["Ren\u00e9"]


DAMAGES: dict[str, str | bytes] = {
    "no JSON": "{",
    "another thing": "[]",
    "no format": '{"store": "a", "tokens": []}',
    "no store": '{"format": 1, "store": "", "tokens": []}',
    "format of another kind": '{"format": true, "store": "a", "tokens": []}',
    "newer": '{"format": 2, "store": "a", "tokens": []}',
    "tokens of another kind": '{"format": 1, "store": "a", "tokens": [1]}',
    "deep": "[" * 100_000,
    "no text": b"\xff\xfe\x00",
    "empty": "",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_lets_nobody_in_and_is_not_written_over(
    store: Path, keeper: TokenKeeper, damage: str
) -> None:
    _, text = keeper.create("Ada", Role.ADMIN)
    content = DAMAGES[damage]
    (store / "tokens.json").write_bytes(content.encode() if isinstance(content, str) else content)
    before = (store / "tokens.json").read_bytes()
    for attempt in (
        lambda: keeper.holder(str(text)),
        keeper.check,
        keeper.tokens,
        lambda: keeper.create("Eve", Role.ADMIN),
        lambda: keeper.revoke("Ada"),
    ):
        with pytest.raises(StoreFormatError, match=r"tokens\.json"):
            attempt()
    assert (store / "tokens.json").read_bytes() == before


@pytest.mark.parametrize("member", ["id", "name", "role", "sha256", "created", "expires"])
def test_a_record_that_lacks_something_is_damage(
    store: Path, keeper: TokenKeeper, member: str
) -> None:
    _, text = keeper.create("Ada", Role.ADMIN)
    said = json.loads((store / "tokens.json").read_text("utf-8"))
    for change in ({}, {member: 7}, {member: "2026-01-01T00:00:00"}):
        record = {name: value for name, value in said["tokens"][0].items() if name != member}
        if member in {"id", "name", "sha256"} and isinstance(change.get(member), str):
            continue
        (store / "tokens.json").write_text(json.dumps({**said, "tokens": [{**record, **change}]}))
        with pytest.raises(StoreFormatError):
            keeper.holder(str(text))


def test_a_file_that_cannot_be_read_lets_nobody_in(store: Path, keeper: TokenKeeper) -> None:
    _, text = keeper.create("Ada", Role.ADMIN)
    (store / "tokens.json").unlink()
    (store / "tokens.json").mkdir()
    with pytest.raises(StoreUnavailableError, match="lets anybody in"):
        keeper.holder(str(text))


def test_a_file_that_is_gone_lets_nobody_in(store: Path, keeper: TokenKeeper) -> None:
    _, text = keeper.create("Ada", Role.ADMIN)
    assert keeper.holder(str(text)).name == "Ada"
    (store / "tokens.json").unlink()
    assert refusal(keeper, str(text)) == "token-unknown"


def test_a_disk_that_refuses_is_told(store: Path, keeper: TokenKeeper) -> None:
    keeper.create("Ada", Role.ADMIN)
    (store / "tokens.part").mkdir()
    with pytest.raises(StoreNotWritableError, match="nothing was changed"):
        keeper.create("Grace", Role.ADMIN)
    (store / "tokens.lock").unlink()
    (store / "tokens.lock").mkdir()
    with pytest.raises(StoreNotWritableError, match="nothing was changed"):
        keeper.revoke("Ada")
    assert [each.state(NOON) for each in keeper.tokens()] == ["in force"]


def test_tokens_need_a_store(tmp_path: Path) -> None:
    nowhere = TokenKeeper(tmp_path / "nothing")
    for attempt in (
        lambda: nowhere.create("Ada", Role.READER),
        nowhere.tokens,
        lambda: nowhere.revoke("Ada"),
    ):
        with pytest.raises(StoreUnavailableError, match="There is no store"):
            attempt()
    assert list(tmp_path.iterdir()) == []


def test_tokens_are_made_beside_whoever_holds_the_store_and_stay_out_of_its_backup(
    tmp_path: Path,
) -> None:
    with orthogramic.open_memory() as in_memory, pytest.raises(UsageError):
        in_memory.tokens()
    with orthogramic.open(tmp_path / "store") as repository:
        keeper = repository.tokens()
        _, text = keeper.create("Ada", Role.ADMIN)
        repository.backup(tmp_path / "backup")
    orthogramic.restore(tmp_path / "backup", tmp_path / "restored")
    restored = TokenKeeper(tmp_path / "restored")
    assert restored.tokens() == ()
    restored.create("Ada", Role.ADMIN)
    assert refusal(restored, str(text)) == "token-of-another-store"
    with orthogramic.open(tmp_path / "store", create=False):
        assert keeper.holder(str(text)).name == "Ada"


MAKE = """
import sys
from pathlib import Path
from orthogramic.repository.tokens import Role, TokenKeeper
keeper = TokenKeeper(Path(sys.argv[1]))
for number in range(15):
    token, _ = keeper.create(f"{sys.argv[2]}-{number}", Role.READER)
    if number % 5 == 0:
        keeper.revoke(token.id)
"""


def test_no_token_is_lost_when_several_processes_make_them(store: Path) -> None:
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(store), name],
            env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        )
        for name in ("a", "b", "c")
    ]
    keeper = TokenKeeper(store)
    while any(each.poll() is None for each in makers):
        keeper.check()  # a reader sees the file whole at every moment
    assert [each.returncode for each in makers] == [0, 0, 0]
    names = {each.name for each in keeper.tokens()}
    assert names == {f"{maker}-{number}" for maker in "abc" for number in range(15)}
    assert sum(each.revoked is not None for each in keeper.tokens()) == 9
    assert len({each.id for each in keeper.tokens()}) == 45

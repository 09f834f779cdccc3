"""Enough of curl to send what the documentation sends, to a service at another port."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import httpx

#: The address of the documentation.
SHOWN = "http://127.0.0.1:8000"

_WITH_VALUE = {"-H", "-d", "--data-urlencode", "--data-binary", "-F", "-o", "-X"}
_FLAGS = {"-s", "-S", "-f", "-G", "-i", "-L"}


def curl(arguments: Sequence[str], service: str) -> str:
    """Send a request.

    :param arguments: those of the command line, without the program's name.
    :param service: the address that stands for :data:`SHOWN`.
    :returns: what curl would print.
    """
    options = list(_options(arguments))
    (address,) = (value for name, value in options if name == "")
    flags = {name for name, _ in options}
    request = _request(options, flags, address.replace(SHOWN, service))
    with httpx.Client(follow_redirects="-L" in flags, trust_env=False, timeout=60) as client:
        answer = client.send(request)
    assert "-f" not in flags or answer.is_success, answer.text
    text = answer.text.replace(service, SHOWN)
    if "-i" in flags:
        fields = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        head = f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\n{fields}\n"
        text = head.replace(service, SHOWN) + text
    for name, value in options:
        if name == "-o":
            Path(value).write_bytes(answer.content)
            return ""
    return text


def _options(arguments: Sequence[str]) -> Iterator[tuple[str, str]]:
    waiting = iter(arguments)
    for each in waiting:
        if each in _WITH_VALUE:
            yield each, next(waiting)
        elif each.startswith("-") and not each.startswith("--"):
            for letter in each[1:]:
                assert f"-{letter}" in _FLAGS, f"no test knows curl {each}"
                yield f"-{letter}", ""
        else:
            assert not each.startswith("-"), f"no test knows curl {each}"
            yield "", each


def _request(options: list[tuple[str, str]], flags: set[str], address: str) -> httpx.Request:
    headers = httpx.Headers([("Accept", "*/*")])
    for name, value in options:
        if name == "-H":
            field, _, content = value.partition(":")
            headers[field] = content.strip()
    fields = [_encoded(name, value) for name, value in options if name.startswith(("-d", "--data"))]
    method = next((value for name, value in options if name == "-X"), "")
    files = [_part(value) for name, value in options if name == "-F"]
    if files:
        return httpx.Request(method or "POST", address, headers=headers, files=files)
    body = "&".join(fields)
    if "-G" in flags:
        joint = "&" if "?" in address else "?"
        return httpx.Request(method or "GET", f"{address}{joint}{body}", headers=headers)
    if not fields:
        return httpx.Request(method or "GET", address, headers=headers)
    headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
    return httpx.Request(method or "POST", address, headers=headers, content=body.encode())


def _encoded(name: str, value: str) -> str:
    if name == "--data-urlencode":
        field, _, content = value.partition("=")
        return f"{field}={quote(content, safe='')}"
    if value.startswith("@"):
        return Path(value[1:]).read_text("utf-8")
    return value


def _part(value: str) -> tuple[str, tuple[str, bytes]]:
    field, _, file = value.partition("=@")
    assert file, f"no test knows curl -F {value}"
    return field, (Path(file).name, Path(file).read_bytes())

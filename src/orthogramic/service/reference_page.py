"""The reference of the HTTP interface for people, made from the OpenAPI document.

Rendered here, whole and without script, so that it works on a machine without a network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

_METHODS = ("get", "post", "put", "patch", "delete")
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b2430;background:#fff;margin:0 auto;
max-width:64rem;padding:1rem 1.25rem 4rem}
h1{margin:.5rem 0}h2{margin:2.5rem 0 .5rem;border-bottom:2px solid #d5dce4}
article{border:1px solid #d5dce4;border-radius:6px;margin:1rem 0;padding:.25rem 1rem 1rem}
h3{font-size:1rem;margin:.75rem 0}h3 code{font-size:1rem}h4{margin:1rem 0 .25rem;font-size:.9rem}
code,pre{font-family:ui-monospace,monospace;font-size:.85rem}
pre{background:#f3f5f8;border-radius:4px;overflow-x:auto;padding:.6rem;user-select:all}
b.method{background:#1d4f91;border-radius:4px;color:#fff;font-size:.8rem;padding:.15rem .45rem}
table{border-collapse:collapse;font-size:.9rem;width:100%}
th,td{border-bottom:1px solid #e4e9ef;padding:.3rem .5rem;text-align:left;vertical-align:top}
nav a{margin-right:1rem}
""".strip()


def reference_page(openapi: Mapping[str, Any], address: str) -> str:
    """Return the reference as one HTML page.

    :param openapi: the OpenAPI 3 document of the service.
    :param address: where the service is, for the examples, without a final slash.
    """
    info = openapi["info"]
    by_tag = _operations_by_tag(openapi)
    sections = [
        f'<h2 id="{_anchor(tag)}">{escape(tag)}</h2>'
        + "".join(_operation(*each, openapi=openapi, address=address) for each in operations)
        for tag, operations in by_tag.items()
    ]
    links = " ".join(f'<a href="#{_anchor(tag)}">{escape(tag)}</a>' for tag in by_tag)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])}: interface</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(info['title'])}</h1><p>{escape(info.get('description', ''))}</p>"
        f'<p>As a document for programs: <a href="openapi.json">openapi.json</a>. '
        f"A click on an example selects it.</p><nav>{links}</nav><main>{''.join(sections)}</main>"
        f"</body></html>"
    )


def _operations_by_tag(
    openapi: Mapping[str, Any],
) -> dict[str, list[tuple[str, str, Mapping[str, Any]]]]:
    found: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {}
    for path, item in openapi["paths"].items():
        for method in _METHODS:
            if method in item:
                tag = (item[method].get("tags") or ["Other"])[0]
                found.setdefault(tag, []).append((method, path, item[method]))
    return found


def _operation(
    method: str,
    path: str,
    operation: Mapping[str, Any],
    *,
    openapi: Mapping[str, Any],
    address: str,
) -> str:
    parameters = [_resolved(each, openapi) for each in operation.get("parameters", [])]
    parts = [
        f'<article><h3><b class="method">{method.upper()}</b> <code>{escape(path)}</code> '
        f"{escape(operation.get('summary', ''))}</h3>",
        _paragraphs(operation.get("description", "")),
        _parameters(parameters),
        _answers(operation.get("responses", {})),
        "<h4>Try it</h4><pre>",
        escape(curl_example(method, path, operation, parameters, address)),
        "</pre></article>",
    ]
    return "".join(parts)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(each)}</p>" for each in text.split("\n\n") if each.strip())


def _parameters(parameters: list[Mapping[str, Any]]) -> str:
    if not parameters:
        return ""
    rows = "".join(
        f"<tr><td><code>{escape(each['name'])}</code></td><td>{escape(_kind(each))}</td>"
        f"<td>{escape(each.get('description', ''))}</td></tr>"
        for each in parameters
    )
    return f"<h4>Parameters</h4><table><tbody>{rows}</tbody></table>"


def _kind(parameter: Mapping[str, Any]) -> str:
    schema = parameter.get("schema", {})
    variants = [schema, *schema.get("anyOf", [])]
    kind = next((each["type"] for each in variants if each.get("type", "null") != "null"), "text")
    words = [str(kind)]
    if kind == "array":
        words = ["text, repeatable"]
    if parameter.get("required"):
        words.append("required")
    elif schema.get("default") not in (None, []):
        words.append(f"default {schema['default']}")
    return ", ".join(words)


def _answers(responses: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(status)}</code></td><td>{escape(each.get('description', ''))}"
        f"</td><td>{', '.join(f'<code>{escape(m)}</code>' for m in each.get('content', {}))}</td>"
        f"</tr>"
        for status, each in responses.items()
    )
    return f"<h4>Answers</h4><table><tbody>{rows}</tbody></table>"


def curl_example(
    method: str,
    path: str,
    operation: Mapping[str, Any],
    parameters: list[Mapping[str, Any]],
    address: str,
) -> str:
    """Return a command line that asks an operation, with the examples of its parameters."""
    query = []
    for each in parameters:
        value = example_of(each)
        if value is None:
            continue
        if each["in"] == "path":
            path = path.replace("{" + each["name"] + "}", quote(str(value), safe="/"))
        elif each["in"] == "query":
            query += [
                (each["name"], one) for one in (value if isinstance(value, list) else [value])
            ]
    url = address + path + (f"?{urlencode(query, quote_via=quote)}" if query else "")
    pieces = ["curl", *([] if method == "get" else ["-X", method.upper()]), *_body(operation)]
    return " ".join([*pieces, f"'{url}'"])


def example_of(parameter: Mapping[str, Any]) -> Any:
    """Return the first example of a parameter, or ``None``."""
    if "example" in parameter:
        return parameter["example"]
    for example in parameter.get("examples", {}).values():
        return example.get("value")
    schema = parameter.get("schema", {})
    return next(iter(schema.get("examples", [])), None)


def _body(operation: Mapping[str, Any]) -> Iterator[str]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        if media_type == "multipart/form-data":
            yield from ("-F", "'data=@FILE'")
            return
        example = content.get("example")
        text = "@FILE" if example is None else _shell_text(example)
        yield from ("-H", f"'Content-Type: {media_type}'", "--data-binary", f"'{text}'")
        return


def _shell_text(example: Any) -> str:
    text = example if isinstance(example, str) else json.dumps(example)
    return text.replace("'", "'\\''")


def _resolved(value: Mapping[str, Any], openapi: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = value.get("$ref")
    if not isinstance(reference, str):
        return value
    found: Any = openapi
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found  # type: ignore[no-any-return]


def _anchor(tag: str) -> str:
    return quote(tag.lower().replace(" ", "-"))

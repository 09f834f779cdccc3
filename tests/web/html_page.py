"""Reads a page as a browser would: a strict HTML 5 parser that refuses what is malformed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlencode, urljoin

import html5rdf

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


class HtmlPage:
    """One parsed page.

    :param text: its HTML.
    :param address: where it was found.
    """

    def __init__(self, text: str, address: str = "/") -> None:
        self.address = address
        self.root: Element = html5rdf.HTMLParser(strict=True).parse(text)

    def all(self, name: str, /, **attributes: str) -> list[Element]:
        """Return the HTML elements of a name whose attributes have these values."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            each
            for each in self.root.iter(f"{HTML}{name}")
            if all(each.get(key) == value for key, value in wanted.items())
        ]

    def one(self, name: str, /, **attributes: str) -> Element:
        """Return the only such element."""
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} elements {name} {attributes} on {self.address}"
        return found[0]

    def elements(self) -> Iterator[Element]:
        """Yield every element, of HTML and of SVG."""
        return self.root.iter()

    def addresses(self) -> set[str]:
        """Return where the links of the page lead, without fragments."""
        found = (each.get("href") for each in self.elements() if _local(each) == "a")
        return {urldefrag(urljoin(self.address, href)).url for href in found if href}

    def link(self, text: str) -> str:
        """Return where the first link of this text leads."""
        for each in self.all("a"):
            if text_of(each) == text:
                href = each.get("href")
                assert href is not None
                return href
        raise AssertionError(f"no link {text!r} on {self.address}")

    def main(self) -> str:
        """Return the text of the main part."""
        return text_of(self.one("main"))

    def rows(self) -> list[list[str]]:
        """Return the text of the bodies of the tables, cell by cell."""
        return [[text_of(cell) for cell in row] for body in self.all("tbody") for row in body]

    def submitted(self, label: str, **typed: str) -> str:
        """Return the address that a form leads to when it is sent as it stands.

        :param label: accessible name of the form.
        :param typed: what a person enters, by field.
        """
        form = self.one("form", aria_label=label)
        sent: list[tuple[str, str]] = []
        for field in form.iter():
            name = field.get("name")
            if name:
                sent += [(name, typed.get(name, value)) for value in _values(field)]
        return f"{form.get('action')}?{urlencode(sent)}"


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _values(field: Element) -> list[str]:
    """Return what a browser sends for one field."""
    kind = _local(field)
    if kind == "select":
        options = list(field.iter(f"{HTML}option"))
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        return [each.get("value", "") for each in chosen]
    if kind == "textarea":
        return [field.text or ""]
    if field.get("type") in ("radio", "checkbox"):
        return [field.get("value", "on")] if field.get("checked") is not None else []
    return [field.get("value", "")]


def text_of(element: Element) -> str:
    """Return the text of an element with its white space collapsed; a line break is a space."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    yield " " if element.tag == f"{HTML}br" else element.text or ""
    for each in element:
        yield from _pieces(each)
        yield each.tail or ""

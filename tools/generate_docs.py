"""Writes the parts of the documentation that the code already knows, or checks that they are true.

A part stands between ``<!-- generated: NAME -->`` and ``<!-- /generated -->``; the prose around it
is written by people. Run ``python tools/generate_docs.py``, with ``--check`` to change nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

import orthogramic
from orthogramic.application import create_application
from orthogramic.cli.main import cli
from orthogramic.errors import OrthogramicError
from orthogramic.metamodel import ClassKind, Flow, ImpactProfile, Metamodel, SavedQuery
from orthogramic.service.access.dependencies import permission_of
from orthogramic.service.access.policy import Permission, role_for
from orthogramic.service.app import create_scratch
from orthogramic.service.openapi import document_of
from orthogramic.service.settings import Settings
from orthogramic.vocabulary import DCTERMS, KR, OWL, RDF, RDFS, SKOS, VOID

if TYPE_CHECKING:
    from fastapi import FastAPI

REPOSITORY = Path(__file__).resolve().parents[1]
DOCUMENTS = REPOSITORY / "docs"

_PART = re.compile(
    r"(?P<begin><!-- generated: (?P<name>[a-z-]+) -->\n).*?(?P<end><!-- /generated -->)", re.DOTALL
)
#: Options that every command has; they are told once.
_COMMON = {"store", "bundle", "token", "as_json", "help"}
_READ_AS = {
    Flow.OBJECT_TO_SUBJECT: "object → subject",
    Flow.SUBJECT_TO_OBJECT: "subject → object",
    Flow.BOTH: "both ways",
    Flow.NONE: "none",
}

Row = Sequence[object]


def table(head: Row, rows: Iterable[Row]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(each) for each in line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", r"\|")


# -- the command line ------------------------------------------------------------------------------


def commands() -> str:
    """Describe every command with its arguments and options."""
    return "\n".join(_command(name, each) for name, each in cli.commands.items())


def _command(name: str, command: click.Command, heading: str = "###") -> str:
    context = click.Context(command, info_name=name, parent=click.Context(cli))
    usage = " ".join(["orthogramic", name, *command.collect_usage_pieces(context)])
    text = "\n\n".join(" ".join(each.split()) for each in (command.help or "").split("\n\n"))
    rows = [_option(each) for each in command.params if each.name not in _COMMON]
    options = [each for each in rows if each]
    shown = f"\n{table(('option', 'meaning', 'default'), options)}" if options else ""
    own = f"{heading} `{name}`\n\n```text\n{usage}\n```\n\n{text}\n{shown}"
    below = command.commands if isinstance(command, click.Group) else {}
    parts = (_command(f"{name} {each}", below[each], f"{heading}#") for each in below)
    return "\n".join((own, *parts))


def _option(parameter: click.Parameter) -> Row | None:
    if not isinstance(parameter, click.Option):
        return None
    spelling = ", ".join(f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts))
    if not parameter.is_flag:
        spelling += f" {parameter.make_metavar(click.Context(cli))}"
    given = parameter.default if isinstance(parameter.default, str | int | float) else None
    default = "" if parameter.is_flag or given is None else f"`{given}`"
    return spelling, parameter.help or "", default


# -- errors ----------------------------------------------------------------------------------------


def errors() -> str:
    """List every error with code, meaning, HTTP status and exit code."""
    rows = [
        (f"`{kind.code}`", _meaning(kind), kind.status, kind.exit_code)
        for kind in _tree(OrthogramicError)
        if kind.__module__.startswith("orthogramic.errors.")
    ]
    return table(("code", "meaning", "HTTP status", "exit code"), rows)


def _meaning(kind: type[OrthogramicError]) -> str:
    if kind is OrthogramicError:
        return f"{kind.title}."
    return (kind.__doc__ or "").splitlines()[0]


def _tree(kind: type[OrthogramicError]) -> Iterator[type[OrthogramicError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _tree(below)


# -- what the bundle says --------------------------------------------------------------------------


def system_vocabulary(metamodel: Metamodel) -> str:
    """List the terms of the system vocabulary with their definitions."""
    said: dict[NamedNode, dict[NamedNode, list[object]]] = {}
    for triple in metamodel.ontology:
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(KR.base):
            by_predicate = said.setdefault(triple.subject, {})
            by_predicate.setdefault(triple.predicate, []).append(triple.object)
    rows = [
        (f"`kr:{iri.value.removeprefix(KR.base)}`", _kind(about[RDF.type]), _text(about))
        for iri, about in sorted(said.items(), key=lambda each: each[0].value)
    ]
    return table(("term", "kind", "meaning"), rows)


def _kind(types: Iterable[object]) -> str:
    names = (each.value for each in types if isinstance(each, NamedNode))
    local = sorted(re.split(r"[#/]", each)[-1] for each in names)
    plain = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", each).lower() for each in local]
    return ", ".join(each for each in plain if each != "named individual") or "individual"


def _text(about: Mapping[NamedNode, list[object]]) -> str:
    for predicate in (SKOS.definition, RDFS.comment):
        for each in about.get(predicate, ()):
            if isinstance(each, Literal):
                return each.value
    return ""


def modules(metamodel: Metamodel, folder: str) -> str:
    """List the modules of a folder of the ontology: what each is about, holds and links."""
    rows = []
    for path in sorted((REPOSITORY / "ontology" / folder).glob("*.ttl")):
        stated = {each.subject for each in _statements(path) if each.object == OWL.Ontology}
        (module,) = (each for each in metamodel.modules.values() if each.iri in stated)
        classes = [each for each in metamodel.classes.values() if each.module == module.iri]
        links = [each for each in metamodel.relationships() if each.module == module.iri]
        rows.append(
            (
                f"**{module.label}**: {module.description.removeprefix('Extension: ')}",
                _names(each.name for each in classes if each.kind is ClassKind.ENTITY),
                sum(each.kind is ClassKind.STRUCTURE for each in classes) or "",
                _names(each.name for each in links),
            )
        )
    return table(("module", "entities", "parts", "relationships"), rows)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in sorted(names))


def datasets(metamodel: Metamodel) -> str:
    """List the shipped datasets, graph by graph, with what their files hold."""
    entities = {each.iri for each in metamodel.entity_classes()}
    rows = []
    for manifest in sorted((REPOSITORY / "data").glob("*/dataset.ttl")):
        said = _statements(manifest)
        invented = {each.subject for each in said if each.predicate == KR.illustrative}
        titles = {each.subject: _value(each) for each in said if each.predicate == DCTERMS.title}
        folder = manifest.parent.name
        for dump in (each for each in said if each.predicate == VOID.dataDump):
            held = _statements(manifest.with_name(_value(dump).rsplit("/", 1)[-1]))
            rows.append(
                (
                    f"[`{folder}`](../../data/{folder}/README.md)",
                    titles[dump.subject],
                    "invented" if dump.subject in invented else "from a source",
                    len({each.subject for each in held if each.object in entities}),
                    len(held),
                )
            )
    return table(("dataset", "graph", "what it says is", "entities", "statements"), rows)


def _value(statement: Quad) -> str:
    assert isinstance(statement.object, NamedNode | Literal)
    return statement.object.value


def _statements(path: Path) -> list[Quad]:
    return list(parse(path=path, format=RdfFormat.TURTLE, base_iri=path.as_uri()))


def impact_rules(metamodel: Metamodel) -> str:
    """List the rules of the default impact profile."""
    profile: ImpactProfile = metamodel.profile()
    rows = [
        (
            f"`{metamodel.properties[rule.property].name}`",
            _READ_AS[rule.flow],
            rule.weight,
            rule.modality.value,
            rule.support,
            rule.reason,
        )
        for rule in profile.rules
    ]
    return table(("relationship", "change travels", "weight", "modality", "support", "why"), rows)


def mapped_classes(metamodel: Metamodel) -> str:
    """List as which elements the ArchiMate mapping writes the classes."""
    mapping = metamodel.mappings["archimate"]
    rows = [
        (
            f"`{metamodel.classes[each.class_iri].name}`",
            each.element_kind,
            each.specialization or "",
            _reason(metamodel, each.iri),
        )
        for each in sorted(mapping.classes.values(), key=lambda each: each.class_iri.value)
    ]
    return table(("class", "element", "specialization", "why"), rows)


def mapped_relationships(metamodel: Metamodel) -> str:
    """List as which relationships the ArchiMate mapping writes the links."""
    mapping = metamodel.mappings["archimate"]
    entries = [each for several in mapping.properties.values() for each in several]
    rows = [
        (
            f"`{metamodel.properties[each.property_iri].name}`",
            _narrowed(metamodel, each.subject_class, each.object_class),
            each.relationship_kind,
            "object → subject" if each.reversed else "subject → object",
            _reason(metamodel, each.iri),
        )
        for each in sorted(entries, key=lambda each: each.iri.value)
    ]
    return table(("relationship", "between", "ArchiMate", "runs", "why"), rows)


def _narrowed(metamodel: Metamodel, *ends: NamedNode | None) -> str:
    names = [f"`{metamodel.classes[each].name}`" if each else "any" for each in ends]
    return "" if ends == (None, None) else " → ".join(names)


def _reason(metamodel: Metamodel, iri: NamedNode) -> str:
    stated = (each for each in metamodel.ontology if each.subject == iri)
    texts = (each.object for each in stated if each.predicate == RDFS.comment)
    return next((each.value for each in texts if isinstance(each, Literal)), "")


def saved_queries(metamodel: Metamodel) -> str:
    """List the saved queries with their parameters."""
    return "\n".join(_query(each, metamodel) for each in metamodel.queries.values())


def saved_query_index(metamodel: Metamodel) -> str:
    """List the questions of the saved queries by reader, who is the first of their tags."""
    rows = [
        (", ".join(each.tags[:1]), f"[{each.summary}](#{each.name})", ", ".join(each.tags[1:]))
        for each in sorted(metamodel.queries.values(), key=lambda each: (each.tags[:1], each.name))
    ]
    return table(("for the", "question", "about"), rows)


def _query(query: SavedQuery, metamodel: Metamodel) -> str:
    rows = [
        (
            f"`{each.name}`",
            metamodel.classes[each.entity_class].name if each.entity_class else each.type.value,
            "yes" if each.required else "no",
            f"`{each.default}`" if each.default else "",
            each.description,
        )
        for each in query.parameters
    ]
    head = ("parameter", "type", "required", "default", "meaning")
    shown = f"\n{table(head, rows)}" if rows else ""
    return f"### `{query.name}`\n\n**{query.summary}**\n\n{query.description}\n{shown}"


# -- HTTP ------------------------------------------------------------------------------------------


def operations(app: FastAPI) -> str:
    """List the operations that the OpenAPI document of an application describes."""
    needed = {
        (method, getattr(route, "path_format", "")): permission_of(route)
        for route in app.routes
        for method in getattr(route, "methods", None) or ()
    }
    rows = [
        (
            f"`{method.upper()}`",
            f"`{path}`",
            operation["summary"],
            _who(needed[method.upper(), path]),
        )
        for path, item in document_of(app)["paths"].items()
        for method, operation in item.items()
    ]
    return table(("method", "address", "what", "who"), rows)


def _who(permission: Permission | None) -> str:
    """Return the least that somebody must be."""
    assert permission is not None
    return "anybody" if permission is Permission.OPEN else role_for(permission)


def pages(app: FastAPI) -> str:
    """List the addresses that are not in the OpenAPI document: pages for people."""
    rows = []
    for route in app.routes:
        endpoint = getattr(route, "endpoint", None)
        if endpoint is not None and not getattr(route, "include_in_schema", False):
            what = (endpoint.__doc__ or "").splitlines()[0]
            rows.append((f"`{getattr(route, 'path', '')}`", what))
    return table(("address", "what"), rows)


# -- putting it together ---------------------------------------------------------------------------


def parts() -> dict[str, str]:
    """Return every generated part by name."""
    with orthogramic.open_memory() as repository:
        application = create_application(repository)
        metamodel = repository.metamodel
        return {
            "commands": commands(),
            "errors": errors(),
            "system-vocabulary": system_vocabulary(metamodel),
            "domains": modules(metamodel, "domains"),
            "extensions": modules(metamodel, "extensions"),
            "datasets": datasets(metamodel),
            "impact-rules": impact_rules(metamodel),
            "archimate-classes": mapped_classes(metamodel),
            "archimate-relationships": mapped_relationships(metamodel),
            "saved-query-index": saved_query_index(metamodel),
            "saved-queries": saved_queries(metamodel),
            "operations": operations(application),
            "pages": pages(application),
            "scratch-operations": operations(create_scratch(Settings(scratch=True))),
        }


def stale(write: bool) -> list[Path]:
    """Return the documents whose generated parts are not what they should be.

    :param write: whether to mend them.
    :raises KeyError: if a document asks for a part that does not exist.
    """
    known = parts()

    def render(found: re.Match[str]) -> str:
        return f"{found['begin']}\n{known[found['name']].strip()}\n\n{found['end']}"

    changed = []
    for path in sorted(DOCUMENTS.rglob("*.md")):
        text = path.read_text("utf-8")
        wanted = _PART.sub(render, text)
        if wanted != text:
            changed.append(path)
            if write:
                path.write_text(wanted, "utf-8")
    return changed


def main() -> int:
    """Write or check; leave with 1 if the check finds something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, only tell")
    check = parser.parse_args().check
    changed = stale(write=not check)
    for path in changed:
        verb = "is not up to date (make docs)" if check else "written"
        sys.stdout.write(f"{path.relative_to(REPOSITORY)}: {verb}\n")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Who listens to which event, read from the code of the services."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

SERVICES_FOLDER = Path(__file__).resolve().parents[4] / "services"


class Taker(msgspec.Struct, frozen=True, order=True):
    """A consumer: the service and the file that handles the event."""

    service: str
    consumer: str


Takers = Mapping[str, tuple[Taker, ...]]
"""By the type of an event."""


def read_takers(services: Path = SERVICES_FOLDER) -> Takers:
    """Return who listens to what, for each type of event that anybody listens to."""
    found: dict[str, set[Taker]] = {}
    for folder in sorted(services.glob("*/src/*/consumers")):
        service = folder.parent.name
        sources = {path.stem: _parsed(path) for path in sorted(folder.rglob("*.py"))}
        for name, tree in sources.items():
            for kind, event_type in _events_in(tree):
                handlers = {it for it, other in sources.items() if _imports(it, other, name, kind)}
                for consumer in handlers or {name}:
                    found.setdefault(event_type, set()).add(Taker(service, consumer))
    return {event_type: tuple(sorted(takers)) for event_type, takers in sorted(found.items())}


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _events_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each class that stands for an event, with the type that it names."""
    for kind in tree.body:
        if not isinstance(kind, ast.ClassDef):
            continue
        for line in kind.body:
            if (
                isinstance(line, ast.AnnAssign)
                and ast.unparse(line.target) == "type"
                and isinstance(line.value, ast.Constant)
            ):
                yield kind.name, str(line.value.value)


def _imports(name: str, tree: ast.Module, defining: str, kind: str) -> bool:
    """Whether a file is a handler by its name, and takes the class from where it is defined."""
    if not (name.startswith("on_") or "_on_" in name):
        return False
    if name == defining:
        return True
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").rpartition(".")[2] == defining
        and kind in {alias.name for alias in node.names}
        for node in tree.body
    )

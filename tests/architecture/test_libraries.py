"""Every library that a package asks for has its line in the decision on libraries."""

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISION = ROOT / "docs/adr/0009-libraries.md"
OURS = "linli-"
COPYLEFT = re.compile(r"\b[AL]?GPL", re.IGNORECASE)


def named() -> set[str]:
    """The names in the column of choices."""
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|", DECISION.read_text(encoding="utf-8"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def requirements() -> Iterator[str]:
    """What every Python package and the developers' list ask for."""
    for path in ROOT.glob("**/pyproject.toml"):
        if not {"node_modules", ".venv", ".local"} & set(path.parts):
            project = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {})
            yield from project.get("dependencies", [])
    for line in (ROOT / "requirements-dev.in").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def python_libraries() -> set[str]:
    names = {re.split(r"[\s\[<>=!~;]", each, maxsplit=1)[0].lower() for each in requirements()}
    return {name for name in names if not name.startswith(OURS)}


def node_libraries() -> set[str]:
    package = json.loads((ROOT / "gateway/package.json").read_text(encoding="utf-8"))
    return {*package["dependencies"], *package["devDependencies"]}


def test_every_library_asked_for_is_decided_on_and_no_other() -> None:
    assert named() == python_libraries() | node_libraries()


def test_no_library_has_a_licence_that_binds_what_uses_it() -> None:
    for name in python_libraries():
        found = metadata(name)
        said = [*(found.get_all("License-Expression") or ()), *(found.get_all("Classifier") or ())]
        assert not any(COPYLEFT.search(each) for each in said), name
    for name in node_libraries():
        package = ROOT / "gateway/node_modules" / name / "package.json"
        assert not COPYLEFT.search(json.loads(package.read_text(encoding="utf-8"))["license"]), name

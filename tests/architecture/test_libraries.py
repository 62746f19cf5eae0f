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
NOT_OURS = {"node_modules", ".venv", ".local"}
"""Folders of what is installed or made."""


def named() -> set[str]:
    """The names in the column of choices."""
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|", DECISION.read_text(encoding="utf-8"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def own_files(name: str) -> list[Path]:
    """Every file of this name that is the project's own."""
    found = ROOT.glob(f"**/{name}")
    return sorted(path for path in found if not NOT_OURS & set(path.relative_to(ROOT).parts))


def requirements() -> Iterator[str]:
    """What every Python package and the developers' list ask for."""
    for path in own_files("pyproject.toml"):
        project = tomllib.loads(path.read_text(encoding="utf-8")).get("project", {})
        yield from project.get("dependencies", [])
    for line in (ROOT / "requirements-dev.in").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def python_libraries() -> set[str]:
    names = {re.split(r"[\s\[<>=!~;]", each, maxsplit=1)[0].lower() for each in requirements()}
    return {name for name in names if not name.startswith(OURS)}


def node_libraries() -> set[str]:
    """What every Node package asks for."""
    packages = [json.loads(path.read_text(encoding="utf-8")) for path in own_files("package.json")]
    kinds = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")
    return {name for package in packages for kind in kinds for name in package.get(kind, ())}


def locked_node_licences() -> dict[str, str]:
    """The licence of whatever a Node package installs, by where it is installed."""
    return {
        f"{path.parent.relative_to(ROOT)}/{place}": package.get("license", "")
        for path in own_files("package-lock.json")
        for place, package in json.loads(path.read_text(encoding="utf-8"))["packages"].items()
    }


def test_every_library_asked_for_is_decided_on_and_no_other() -> None:
    assert named() == python_libraries() | node_libraries()


def test_every_node_package_has_its_versions_locked() -> None:
    locks = {path.parent for path in own_files("package-lock.json")}
    assert locks == {path.parent for path in own_files("package.json")}


def test_no_library_has_a_licence_that_binds_what_uses_it() -> None:
    for name in python_libraries():
        found = metadata(name)
        said = [*(found.get_all("License-Expression") or ()), *(found.get_all("Classifier") or ())]
        assert not any(COPYLEFT.search(each) for each in said), name
    licences = locked_node_licences()
    assert licences
    doubtful = [at for at, said in licences.items() if not said or COPYLEFT.search(said)]
    assert not doubtful

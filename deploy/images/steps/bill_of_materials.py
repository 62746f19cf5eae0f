"""Writes what is in an image as one CycloneDX list: Debian's packages and a language's own.

Runs in the stage that builds an image, so with the standard library only. The same image gives
the same list: no serial number, no time.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

SPEC_VERSION = "1.6"
Component = dict[str, Any]


def debian_components(status: str, suite: str) -> list[Component]:
    """Return a component for each installed package of dpkg's status file, by name.

    Args:
        status: the text of /var/lib/dpkg/status.
        suite: Debian's name of the release, as in `bookworm`.
    """
    packages = (dict(_fields(paragraph)) for paragraph in status.split("\n\n"))
    installed = (each for each in packages if each.get("Status") == "install ok installed")
    return sorted(
        (_debian_component(each, suite) for each in installed), key=lambda each: str(each["name"])
    )


def _fields(paragraph: str) -> Iterator[tuple[str, str]]:
    for line in paragraph.splitlines():
        if line and not line[0].isspace() and ": " in line:
            name, value = line.split(": ", 1)
            yield name, value


def _debian_component(package: dict[str, str], suite: str) -> Component:
    name, version = package["Package"], package["Version"]
    qualifiers = f"arch={package['Architecture']}&distro={suite}"
    purl = f"pkg:deb/debian/{quote(name)}@{quote(version)}?{qualifiers}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def plain_component(purl: str) -> Component:
    """Return the component that a package URL such as `pkg:cargo/name@1.2` names.

    Raises:
        ValueError: it has no name or no version.
    """
    place, _, version = purl.partition("@")
    name = place.rpartition("/")[2]
    if not (purl.startswith("pkg:") and name and version):
        raise ValueError(f"{purl} is no package URL with a version")
    return {"type": "application", "bom-ref": purl, "name": name, "version": version, "purl": purl}


def merged(image: str, version: str, parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return one list for the image of what the lists of its parts have.

    What a part is about becomes a component like its own components.
    """
    components: dict[str, Component] = {}
    dependencies: dict[str, dict[str, Any]] = {}
    for part in parts:
        about = part.get("metadata", {}).get("component")
        for component in [*([about] if about else []), *part.get("components", ())]:
            components.setdefault(component.get("bom-ref", component["name"]), component)
        for dependency in part.get("dependencies", ()):
            dependencies.setdefault(dependency["ref"], dependency)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "version": 1,
        "metadata": {
            "component": {"type": "container", "bom-ref": image, "name": image, "version": version}
        },
        "components": list(components.values()),
        "dependencies": list(dependencies.values()),
    }


def _suite(root: Path) -> str:
    lines = (root / "etc/os-release").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)["VERSION_CODENAME"]


def main() -> None:
    """Read the lists of the parts, write the image's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--image", required=True, help="what the list is of")
    parser.add_argument("--version", required=True)
    parser.add_argument("--root", type=Path, required=True, help="the image's file system")
    parser.add_argument("--part", type=Path, action="append", default=[], help="a CycloneDX file")
    parser.add_argument("--purl", action="append", default=[], help="a part without a list")
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args()
    status = (asked.root / "var/lib/dpkg/status").read_text()
    parts: list[dict[str, Any]] = [json.loads(path.read_text()) for path in asked.part]
    parts.append({"components": [plain_component(purl) for purl in asked.purl]})
    parts.append({"components": debian_components(status, _suite(asked.root))})
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_text(
        json.dumps(merged(asked.image, asked.version, parts), ensure_ascii=False, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()

"""The list of parts of an image: what dpkg and the languages' own lists say, once each."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

STEPS = Path(__file__).parents[2] / "steps"
STATUS = """\
Package: zlib1g
Status: install ok installed
Architecture: amd64
Version: 1:1.2.13.dfsg-1
Description: compression library
 runtime: of zlib

Package: apt
Status: deinstall ok config-files
Architecture: amd64
Version: 2.6.1

Package: libstdc++6
Status: install ok installed
Architecture: amd64
Version: 12.2.0-14+deb12u1
"""


@pytest.fixture(scope="module")
def bill() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bill", STEPS / "bill_of_materials.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_dpkg_has_installed_is_listed_and_what_is_gone_is_not(bill: ModuleType) -> None:
    found = bill.debian_components(STATUS, "bookworm")

    assert [(each["name"], each["version"]) for each in found] == [
        ("libstdc++6", "12.2.0-14+deb12u1"),
        ("zlib1g", "1:1.2.13.dfsg-1"),
    ]
    assert found[0]["purl"] == (
        "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=bookworm"
    )


def test_the_lists_of_the_parts_become_one(bill: ModuleType) -> None:
    shared = {"bom-ref": "b", "name": "b", "version": "2"}
    one = {
        "metadata": {"component": {"bom-ref": "app", "name": "app", "version": "1"}},
        "components": [shared],
        "dependencies": [{"ref": "app", "dependsOn": ["b"]}],
    }
    other = {"components": [shared, {"bom-ref": "c", "name": "c", "version": "3"}]}

    made = bill.merged("docker.io/linli/issues", "0.1.0", [one, other])

    assert [each["name"] for each in made["components"]] == ["app", "b", "c"]
    assert made["dependencies"] == [{"ref": "app", "dependsOn": ["b"]}]
    assert made["metadata"]["component"]["name"] == "docker.io/linli/issues"
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")


def test_a_part_without_a_list_is_named_by_its_package_url(bill: ModuleType) -> None:
    found = bill.plain_component("pkg:cargo/secantus-mdb@0.5.3-beta.196")

    assert (found["name"], found["version"]) == ("secantus-mdb", "0.5.3-beta.196")


@pytest.mark.parametrize("purl", ["pkg:cargo/name", "name@1", "pkg:cargo/@1"])
def test_what_is_no_package_url_with_a_version_is_refused(bill: ModuleType, purl: str) -> None:
    with pytest.raises(ValueError, match="no package URL"):
        bill.plain_component(purl)

"""What is generated and committed is what would be generated now."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GATEWAY = ROOT / "gateway"
SERVICES = sorted(path.parent.name for path in ROOT.glob("services/*/pyproject.toml"))


def said_by(*command: str, folder: Path = ROOT) -> str:
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_the_schema_of_a_service_is_the_one_committed(service: str) -> None:
    committed = (ROOT / "services" / service / "schema.graphql").read_text()
    assert said_by(sys.executable, "-m", service, "schema") == committed


def test_every_service_is_part_of_the_supergraph() -> None:
    supergraph = (GATEWAY / "supergraph.graphql").read_text()
    for service in SERVICES:
        assert f'@join__graph(name: "{service}"' in supergraph


def test_the_supergraph_is_what_the_services_compose_to() -> None:
    said_by("node", "compose.mjs", "--check", folder=GATEWAY)


def test_the_manifests_are_what_the_operations_make() -> None:
    said_by("node", "manifest.mjs", "--check", folder=GATEWAY)

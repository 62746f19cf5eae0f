"""`make generate`: everything that is generated and committed; `--check` tells what is stale."""

import shutil
import subprocess
import sys
from pathlib import Path

from local_stack.console import failed, note, step
from local_stack.events_page import events_page
from local_stack.layout import ROOT
from local_stack.programs import SERVICES

GATEWAY = ROOT / "gateway"


class GenerationFailed(Exception):
    """A generator failed; the message is what it printed."""


def generated_files() -> list[Path]:
    """Return every generated file that exists."""
    found = [ROOT / "services" / service / "schema.graphql" for service in SERVICES]
    found += [*sorted(GATEWAY.glob("*.graphql")), *sorted((GATEWAY / "manifest").glob("*.json"))]
    return [path for path in [*found, ROOT / "docs" / "events.md"] if path.exists()]


def generate() -> None:
    """Write the services' schemas, then what is made of them. Raises: GenerationFailed."""
    for service in SERVICES:
        schema = _output([sys.executable, "-m", service, "schema"], ROOT)
        (ROOT / "services" / service / "schema.graphql").write_text(schema)
    npm = shutil.which("npm")
    if npm is None:
        raise GenerationFailed("npm is missing")
    _output([npm, "run", "--silent", "generate"], GATEWAY)
    (ROOT / "docs" / "events.md").write_text(events_page(ROOT / "contracts" / "events"))


def _output(command: list[str], folder: Path) -> str:
    finished = subprocess.run(  # noqa: S603
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if finished.returncode != 0:
        raise GenerationFailed(f"{' '.join(command)}\n{finished.stdout}{finished.stderr}")
    return finished.stdout


def stale_files() -> list[str]:
    """Return the generated files that differ from what would be generated now.

    The files are left as they were.
    """
    before = {path: path.read_text() for path in generated_files()}
    try:
        generate()
        after = {path: path.read_text() for path in generated_files()}
    finally:
        for path, text in before.items():
            path.write_text(text)
    for path in after.keys() - before.keys():
        path.unlink()
    stale = [path for path, text in after.items() if before.get(path) != text]
    return sorted(str(path.relative_to(ROOT)) for path in stale)


def main() -> None:
    """Generate, or with --check only compare and exit 1 if something is stale."""
    try:
        if "--check" not in sys.argv[1:]:
            with step("generated files"):
                generate()
            return
        stale = stale_files()
    except GenerationFailed as error:
        failed(str(error))
        raise SystemExit(1) from error
    for path in stale:
        failed(f"{path} is stale: make generate")
    if stale:
        raise SystemExit(1)
    note("Generated files are what would be generated now.")


if __name__ == "__main__":
    main()

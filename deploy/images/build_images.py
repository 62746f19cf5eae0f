"""Builds Linli's images with podman, buildah or docker, or with the command in BUILDER.

    python deploy/images/build_images.py [--images gateway,issues] [--version 0.1.0]

Standard library only: a machine that builds images needs nothing else of Linli.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "images"
LOGS = ROOT / "build" / "images"
REGISTRY = "docker.io/linli"
BUILDERS = ("podman", "buildah", "docker")
BILL = "/usr/share/sbom/linli.cdx.json"
_LAST_LINES = 20


class CannotBuild(Exception):
    """The message says in one sentence what is missing or wrong."""


@dataclass(frozen=True)
class Image:
    """One image.

    Attributes:
        dockerfile: its file below deploy/images.
        build_args: what its Dockerfile is told.
        contexts: folders beside the repository that it copies from, by the name it gives them.
    """

    name: str
    dockerfile: str
    build_args: Mapping[str, str] = field(default_factory=dict)
    contexts: Mapping[str, Path] = field(default_factory=dict)


def compiled_store(environment: Mapping[str, str]) -> Path:
    """Return the folder in which `make store` leaves what it compiled."""
    cache = environment.get("LINLI_CACHE") or Path.home() / ".cache" / "linli"
    return Path(cache) / "secantusd-rs"


def store_image(compiled: Path) -> Image:
    """Return the trial's store: the compiled one where `make store` has run, else the wheel."""
    name, dockerfile = "trial-store", "trial-store.Dockerfile"
    if not (compiled / "bin" / "secantusd-rs").exists():
        return Image(name, dockerfile, {"STORE": "wheel"})
    crates = tomllib.loads((compiled / ".crates.toml").read_text())["v1"]
    # A key is `secantus-mdb 0.5.3 (where from)`.
    version = next(iter(crates)).split()[1]
    build_args = {"STORE": "compiled", "STORE_VERSION": version}
    return Image(name, dockerfile, build_args, {"compiled-store": compiled / "bin"})


def all_images(environment: Mapping[str, str]) -> dict[str, Image]:
    """Return every image by its name; the services' are built after each other, they share."""
    services = (
        Image(name, "service.Dockerfile", {"SERVICE": name})
        for name in ("residents", "issues", "vouchers", "outreach")
    )
    images = (
        *services,
        Image("wechat-simulator", "wechat-simulator.Dockerfile"),
        Image("gateway", "gateway.Dockerfile"),
        store_image(compiled_store(environment)),
        Image("trial-kafka", "trial-kafka.Dockerfile"),
    )
    return {image.name: image for image in images}


def chosen(images: Mapping[str, Image], names: str) -> list[Image]:
    """Return the images named, apart by commas or spaces; all where none is.

    Raises:
        CannotBuild: there is no image of a name.
    """
    asked = names.replace(",", " ").split()
    unknown = [name for name in asked if name not in images]
    if unknown:
        raise CannotBuild(f"There is no image {', '.join(unknown)}: {', '.join(images)}")
    return [images[name] for name in asked] or list(images.values())


def builder_command(
    named: str, which: Callable[[str], str | None] = shutil.which
) -> tuple[str, ...]:
    """Return the command that builds: the one named, or the first builder that is installed.

    Raises:
        CannotBuild: the one named is not there, or none is.
    """
    command = tuple(shlex.split(named))
    if command and which(command[0]) is None:
        raise CannotBuild(f"BUILDER names {command[0]}, which is not there")
    if command:
        return command
    for program in BUILDERS:
        if which(program) is not None:
            return (program,)
    raise CannotBuild(
        "Nothing here builds images: install podman, buildah or docker, "
        "or name a command that takes podman's arguments in BUILDER"
    )


def tag(image: Image, version: str) -> str:
    """Return the full name by which a cluster asks for the image."""
    return f"{REGISTRY}/{image.name}:{version}"


def build_command(
    builder: Sequence[str], image: Image, *, version: str, revision: str
) -> list[str]:
    """Return the whole command that builds one image; it is run in the repository's root."""
    build_args = {**image.build_args, "VERSION": version, "REVISION": revision}
    command = [*builder, "build", "--file", f"deploy/images/{image.dockerfile}"]
    command += ["--tag", tag(image, version)]
    for name, value in build_args.items():
        command += ["--build-arg", f"{name}={value}"]
    for name, folder in image.contexts.items():
        command += ["--build-context", f"{name}={folder}"]
    return [*command, "."]


def project_version() -> str:
    """Return the version that the packages carry."""
    project = tomllib.loads((ROOT / "chassis" / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def project_revision() -> str:
    """Return the commit that is built, with `-changed` if files differ from it."""
    described = _output_of(["git", "describe", "--always", "--abbrev=12", "--dirty=-changed"])
    return described or "unknown"


def _output_of(command: Sequence[str]) -> str:
    """Return what the command prints; nothing where it is missing or fails."""
    try:
        finished = subprocess.run(  # noqa: S603
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return finished.stdout.strip() if finished.returncode == 0 else ""


def build(builder: Sequence[str], image: Image, *, version: str, revision: str) -> str:
    """Build one image, keep its list of parts, return a line about it.

    Raises:
        CannotBuild: the builder failed; its last lines have been printed.
    """
    log = LOGS / f"{image.name}.log"
    say(f"… {image.name}  (build/images/{image.name}.log)")
    since = time.monotonic()
    with log.open("w") as said:
        finished = subprocess.run(  # noqa: S603
            build_command(builder, image, version=version, revision=revision),
            cwd=ROOT,
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if finished.returncode != 0:
        say("\n".join(log.read_text(errors="replace").splitlines()[-_LAST_LINES:]))
        raise CannotBuild(f"{image.name} could not be built (exit {finished.returncode})")
    seconds = time.monotonic() - since
    name = tag(image, version)
    size = _output_of([*builder, "images", "--format", "{{.Size}}", name]).split("\n")[0]
    return f"✓ {name:<44} {size:>9} {seconds:7.1f} s  {_keep_bill(builder, image, name)}"


def _keep_bill(builder: Sequence[str], image: Image, name: str) -> str:
    """Copy the list of parts out of the image, where the builder can start one."""
    bill = _output_of([*builder, "run", "--rm", "--network=none", name, "cat", BILL])
    if not bill:
        return f"parts: {BILL} in the image"
    (LOGS / f"{image.name}.cdx.json").write_text(bill + "\n")
    return f"parts: build/images/{image.name}.cdx.json"


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Build what is asked for; one line for each image, or one that says why not and exit 1."""
    parser = argparse.ArgumentParser(description="Build Linli's images.")
    parser.add_argument("--images", default="", help="names apart by commas; default: all")
    parser.add_argument("--version", default="", help="default: the packages' own")
    asked = parser.parse_args()
    try:
        images = chosen(all_images(os.environ), asked.images)
        builder = builder_command(os.environ.get("BUILDER", ""))
        LOGS.mkdir(parents=True, exist_ok=True)
        version, revision = asked.version or project_version(), project_revision()
        for image in images:
            say(build(builder, image, version=version, revision=revision))
    except CannotBuild as reason:
        say(f"✗ {reason}")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()

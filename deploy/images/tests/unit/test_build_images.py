"""Which images are built, by what command, and what is said where that cannot be."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from local_stack import store as local_store

IMAGES = Path(__file__).parents[2]
ROOT = IMAGES.parents[1]


@pytest.fixture(scope="module")
def building() -> ModuleType:
    """build_images.py belongs to no package, so it is loaded from its file."""
    spec = importlib.util.spec_from_file_location("build_images", IMAGES / "build_images.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up by name.
    sys.modules["build_images"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def no_compiled_store(tmp_path: Path) -> dict[str, str]:
    return {"LINLI_CACHE": str(tmp_path)}


def test_an_image_for_each_service_and_each_dockerfile(
    building: ModuleType, no_compiled_store: dict[str, str]
) -> None:
    images = building.all_images(no_compiled_store)

    services = {name for name, image in images.items() if "SERVICE" in image.build_args}
    assert services == {folder.parent.name for folder in ROOT.glob("services/*/pyproject.toml")}
    files = {path.name for path in IMAGES.glob("*.Dockerfile")}
    assert {image.dockerfile for image in images.values()} == files


def test_names_choose_images_in_their_order(
    building: ModuleType, no_compiled_store: dict[str, str]
) -> None:
    images = building.all_images(no_compiled_store)

    assert [each.name for each in building.chosen(images, "gateway, issues")] == [
        "gateway",
        "issues",
    ]
    assert building.chosen(images, "") == list(images.values())


def test_an_unknown_name_is_refused_with_those_that_exist(
    building: ModuleType, no_compiled_store: dict[str, str]
) -> None:
    with pytest.raises(building.CannotBuild, match=r"no image gatway: residents, .*gateway"):
        building.chosen(building.all_images(no_compiled_store), "gatway")


@pytest.mark.parametrize(
    ("installed", "taken"),
    [({"docker"}, "docker"), ({"docker", "buildah"}, "buildah"), ({"docker", "podman"}, "podman")],
)
def test_the_builder_that_is_there_builds(
    building: ModuleType, installed: set[str], taken: str
) -> None:
    found = building.builder_command("", lambda name: name if name in installed else None)

    assert found == (taken,)


def test_a_named_builder_goes_first_with_its_words(building: ModuleType) -> None:
    assert building.builder_command("sudo podman --remote", lambda name: name) == (
        "sudo",
        "podman",
        "--remote",
    )


@pytest.mark.parametrize(
    ("named", "why"), [("", "install podman, buildah or docker"), ("padman build", "padman")]
)
def test_without_a_builder_one_sentence_says_so(building: ModuleType, named: str, why: str) -> None:
    with pytest.raises(building.CannotBuild, match=why):
        building.builder_command(named, lambda _name: None)


def test_the_command_names_file_tag_and_arguments(
    building: ModuleType, no_compiled_store: dict[str, str]
) -> None:
    image = building.all_images(no_compiled_store)["issues"]

    command = building.build_command(("podman",), image, version="1.2", revision="abc")

    assert command == [
        *("podman", "build", "--file", "deploy/images/service.Dockerfile"),
        *("--tag", "docker.io/linli/issues:1.2", "--build-arg", "SERVICE=issues"),
        *("--build-arg", "VERSION=1.2", "--build-arg", "REVISION=abc", "."),
    ]


def test_the_store_is_the_wheel_until_one_is_compiled(building: ModuleType, tmp_path: Path) -> None:
    compiled = tmp_path / "secantusd-rs"
    assert building.store_image(compiled).build_args == {"STORE": "wheel"}

    (compiled / "bin").mkdir(parents=True)
    (compiled / "bin" / "secantusd-rs").touch()
    (compiled / ".crates.toml").write_text(
        '[v1]\n"secantus-mdb 0.5.3-beta.196 (registry+https://index)" = ["secantusd-rs"]\n'
    )
    image = building.store_image(compiled)

    assert image.build_args == {"STORE": "compiled", "STORE_VERSION": "0.5.3-beta.196"}
    command = building.build_command(("docker",), image, version="1", revision="r")
    at = command.index("--build-context")
    assert command[at + 1] == f"compiled-store={compiled / 'bin'}"


def test_make_store_leaves_it_where_it_is_looked_for(building: ModuleType) -> None:
    assert building.compiled_store(os.environ) == local_store.rs_folder()


@pytest.mark.parametrize(
    ("arguments", "builder", "said"),
    [
        (["--images", "gatway"], "", "✗ There is no image gatway"),
        (["--images", "gateway"], "no-such-builder", "✗ BUILDER names no-such-builder"),
        (["--images", "gateway"], "false", "✗ gateway could not be built (exit 1)"),
    ],
)
def test_the_program_ends_with_one_line_and_exit_code_1(
    arguments: list[str], builder: str, said: str
) -> None:
    finished = subprocess.run(  # noqa: S603
        [sys.executable, str(IMAGES / "build_images.py"), *arguments],
        env={**os.environ, "BUILDER": builder},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert finished.returncode == 1
    assert finished.stdout.splitlines()[-1].startswith(said)
    assert finished.stderr == ""

"""What every Dockerfile holds to; each rule is seen to fail on a violation planted for it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILES = sorted((ROOT / "deploy/images").glob("*.Dockerfile"))
BASES = {
    "docker.io/library/python:3.11-slim-bookworm",
    "docker.io/library/node:20-bookworm-slim",
}
USER = "10001:10001"
LABELS = {"title", "description", "vendor", "version", "revision", "base.name"}


@dataclass(frozen=True)
class Stage:
    """A stage of a Dockerfile: where it begins, and its instructions as (word, rest)."""

    origin: str
    name: str
    instructions: tuple[tuple[str, str], ...]

    def all(self, word: str) -> list[str]:
        return [rest for found, rest in self.instructions if found == word]


def stages(text: str) -> list[Stage]:
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    found: list[Stage] = []
    for line in filter(None, (line.strip() for line in joined.splitlines())):
        word, rest = line.split(maxsplit=1)
        if word == "FROM":
            origin, _, name = rest.partition(" AS ")
            found.append(Stage(origin, name, ()))
        elif found:
            last = found[-1]
            found[-1] = Stage(last.origin, last.name, (*last.instructions, (word, rest)))
    return found


def unpinned(text: str) -> Iterator[str]:
    """Whatever it is built from is a base of ours, an earlier stage, or nothing."""
    known = {"scratch", "${STORE}"}
    for stage in stages(text):
        if stage.origin not in BASES | known:
            yield f"FROM {stage.origin}"
        known.add(stage.name)


def kept_tools(text: str) -> Iterator[str]:
    """The image begins from nothing and runs nothing: no tool lies in it or in a layer below."""
    final = stages(text)[-1]
    if final.origin != "scratch":
        yield f"the image begins from {final.origin}"
    yield from (f"the image runs {command}" for command in final.all("RUN"))
    roots = {stage.name: stage for stage in stages(text)}
    copied = re.findall(r"--from=(\S+) / /", " ".join(final.all("COPY")))
    if len(copied) != 1:
        yield "the image has no file system, or several"
    for name in copied:
        if not any("leave-what-runs.sh" in command for command in roots[name].all("RUN")):
            yield f"nothing is taken out of {name}"


def wrong_user(text: str) -> Iterator[str]:
    """A number: Kubernetes cannot see that a name is not root's."""
    users = stages(text)[-1].all("USER")
    if users != [USER]:
        yield f"USER {users}"


def unlabelled(text: str) -> Iterator[str]:
    labels = " ".join(stages(text)[-1].all("LABEL"))
    found = set(re.findall(r"org\.opencontainers\.image\.([\w.]+)=", labels))
    yield from sorted(LABELS - found)


def without_parts(text: str) -> Iterator[str]:
    copied = stages(text)[-1].all("COPY")
    if not any(line.endswith("/usr/share/sbom") for line in copied):
        yield "no list of parts is copied into the image"


def unhashed(text: str) -> Iterator[str]:
    """What pip fetches is held by a hash, what npm fetches by the lock file."""
    for stage in stages(text):
        for command in stage.all("RUN"):
            for step in command.split("&&"):
                fetches = "pip" in step and " install " in step and "--no-index" not in step
                if fetches and "--require-hashes" not in step:
                    yield step.strip()
                if re.search(r"\bnpm (i|install|add)\b|\bcurl\b|\bwget\b", step):
                    yield step.strip()


def fetched_by_add(text: str) -> Iterator[str]:
    yield from (rest for stage in stages(text) for rest in stage.all("ADD"))


def shell_entrance(text: str) -> Iterator[str]:
    """In brackets, or a shell stands between the signal and the process."""
    final = stages(text)[-1]
    commands = [*final.all("CMD"), *final.all("ENTRYPOINT")]
    if not commands:
        yield "no command"
    yield from (each for each in commands if not each.startswith("["))


Rule = Callable[[str], Iterator[str]]
PLANTED: dict[Rule, tuple[str, str]] = {
    unpinned: ("FROM docker.io/library/python:3.11-slim-bookworm AS", "FROM python:latest AS"),
    kept_tools: ("FROM scratch", "FROM docker.io/library/python:3.11-slim-bookworm"),
    wrong_user: ("USER 10001:10001", "USER linli"),
    unlabelled: ("org.opencontainers.image.revision=", "revision="),
    without_parts: ("COPY --from=bill /usr/share/sbom /usr/share/sbom\n", ""),
    unhashed: ("--require-hashes", ""),
    fetched_by_add: ("WORKDIR /tmp", "ADD https://linli.example/tool /tool"),
    shell_entrance: ('CMD ["linli", "--help"]', "CMD linli --help"),
}


def test_there_are_dockerfiles() -> None:
    assert len(DOCKERFILES) == 5


@pytest.mark.parametrize("rule", PLANTED, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_a_dockerfile_holds_to_the_rule(path: Path, rule: Rule) -> None:
    assert list(rule(path.read_text())) == []


@pytest.mark.parametrize("rule", PLANTED, ids=lambda rule: rule.__name__)
def test_a_planted_violation_is_seen(rule: Rule) -> None:
    text = (ROOT / "deploy/images/service.Dockerfile").read_text()
    good, bad = PLANTED[rule]
    assert good in text

    assert list(rule(text.replace(good, bad)))


def test_what_dockerfiles_share_is_the_same_so_that_they_share_its_layers() -> None:
    texts = {path.name: {s.name: s for s in stages(path.read_text())} for path in DOCKERFILES}
    service = texts["service.Dockerfile"]

    for name, shared in {
        "wechat-simulator.Dockerfile": ("tools", "packages", "root"),
        "trial-store.Dockerfile": ("tools", "root"),
    }.items():
        assert [texts[name][stage] for stage in shared] == [service[stage] for stage in shared]


def test_an_image_is_built_from_what_is_let_through() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    let_through = [line[1:] for line in rules if line.startswith("!")]
    copied = {
        source
        for path in DOCKERFILES
        for stage in stages(path.read_text())
        for line in stage.all("COPY")
        if "--from=" not in line
        for source in line.split()[:-1]
        if not source.startswith("--")
    }

    assert rules[0] == "*"
    assert {"**/tests", "**/node_modules", "**/.env"} <= set(rules)
    assert [line for line in let_through if not (ROOT / line).exists()] == []
    assert [
        s for s in copied if not any(f"{s}/".startswith(f"{line}/") for line in let_through)
    ] == []

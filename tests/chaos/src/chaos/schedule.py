"""Which process is killed when: all of it from the seed, so that a run can be played again."""

from collections.abc import Sequence
from enum import StrEnum
from random import Random

import msgspec

SERVICES = ("residents", "issues", "vouchers", "outreach")
_SHORTEST_CALM_SECONDS, _LONGEST_CALM_SECONDS = 0.5, 5.0
_LONGEST_AIM_SECONDS = 0.03


class Kind(StrEnum):
    """What is killed, and at what work."""

    API = "api"
    WORKER = "worker"
    RELAYING = "worker while relaying"
    GATEWAY = "gateway"
    KAFKA = "kafka"
    STORE = "store"


class Kill(msgspec.Struct, frozen=True, kw_only=True):
    """One `kill -9` to come.

    Attributes:
        number: 1 and up, in the order of the run.
        calm_seconds: how long everything runs after the last recovery before it.
        aim_seconds: how long after something was seen to be relayed; 0 for the other kinds.
    """

    number: int
    kind: Kind
    process: str
    calm_seconds: float
    aim_seconds: float = 0.0

    @property
    def services(self) -> tuple[str, ...]:
        """Whose writes and events it may hold up."""
        name = self.process.partition("-")[0]
        return (name,) if name in SERVICES else SERVICES


class NothingToKill(Exception):
    """The names given to choose by are no process and no kind."""


def processes_of(kind: Kind) -> tuple[str, ...]:
    """Return the processes of a kind."""
    if kind in {Kind.GATEWAY, Kind.KAFKA, Kind.STORE}:
        return (kind.value,)
    role = "api" if kind is Kind.API else "worker"
    return tuple(f"{service}-{role}" for service in SERVICES)


def planned(seed: int, *, kills: int, only: Sequence[str] = ()) -> tuple[Kill, ...]:
    """Return the kills of a run, mixed.

    Args:
        kills: of each kind; those of a kind with four processes are spread evenly over them.
        only: processes or kinds, such as `issues-worker` or `kafka`; none means all.

    Raises: NothingToKill.
    """
    random = Random(f"schedule {seed}")  # noqa: S311 - a schedule, not a key
    drawn = [
        target
        for kind in Kind
        if (names := _chosen(kind, only))
        for target in _spread(random, kind, names, kills)
    ]
    if not drawn:
        raise NothingToKill(", ".join(only))
    random.shuffle(drawn)
    return tuple(
        Kill(
            number=number,
            kind=kind,
            process=process,
            calm_seconds=random.uniform(_SHORTEST_CALM_SECONDS, _LONGEST_CALM_SECONDS),
            aim_seconds=(random.uniform(0, _LONGEST_AIM_SECONDS) if kind is Kind.RELAYING else 0.0),
        )
        for number, (kind, process) in enumerate(drawn, start=1)
    )


def _chosen(kind: Kind, only: Sequence[str]) -> tuple[str, ...]:
    names = processes_of(kind)
    if not only or kind.value in only:
        return names
    return tuple(name for name in names if name in only)


def _spread(random: Random, kind: Kind, names: Sequence[str], kills: int) -> list[tuple[Kind, str]]:
    """Draw so many of them that none comes twice more often than another."""
    order = random.sample(names, len(names))
    return [(kind, order[number % len(order)]) for number in range(kills)]

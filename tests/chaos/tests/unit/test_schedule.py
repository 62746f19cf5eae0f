"""A schedule comes from its seed, and gives every kind of process its kills."""

from collections import Counter

import pytest
from chaos.schedule import SERVICES, Kind, NothingToKill, planned


def test_the_same_seed_is_the_same_schedule() -> None:
    assert planned(7, kills=20) == planned(7, kills=20)
    assert planned(7, kills=20) != planned(8, kills=20)


@pytest.mark.parametrize("seed", range(5))
def test_each_kind_gets_its_kills_and_each_service_its_share(seed: int) -> None:
    schedule = planned(seed, kills=20)

    assert Counter(kill.kind for kill in schedule) == dict.fromkeys(Kind, 20)
    for kind in (Kind.API, Kind.WORKER, Kind.RELAYING):
        shares = Counter(kill.process for kill in schedule if kill.kind is kind)
        assert set(shares.values()) == {5}
        assert len(shares) == len(SERVICES)
    assert [kill.number for kill in schedule] == list(range(1, len(schedule) + 1))


def test_only_some_processes_or_kinds() -> None:
    schedule = planned(1, kills=3, only=["issues-worker", "kafka"])

    assert Counter((kill.kind, kill.process) for kill in schedule) == {
        (Kind.WORKER, "issues-worker"): 3,
        (Kind.RELAYING, "issues-worker"): 3,
        (Kind.KAFKA, "kafka"): 3,
    }
    assert {kill.kind for kill in planned(1, kills=1, only=["worker while relaying"])} == {
        Kind.RELAYING
    }


def test_a_name_of_nothing_is_refused() -> None:
    with pytest.raises(NothingToKill):
        planned(1, kills=3, only=["mongo"])


def test_a_kill_knows_whom_it_holds_up() -> None:
    by_process = {kill.process: kill.services for kill in planned(1, kills=4)}

    assert by_process["issues-worker"] == ("issues",)
    assert by_process["kafka"] == by_process["store"] == by_process["gateway"] == SERVICES

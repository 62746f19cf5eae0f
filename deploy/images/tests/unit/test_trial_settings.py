"""The trial's broker is the local stack's, but for its addresses and folders."""

from pathlib import Path

from local_stack.kafka import Kafka

TRIAL = Path(__file__).parents[2] / "trial"
OF_THE_PLACE = {"controller.quorum.voters", "listeners", "log.dirs", "advertised.listeners"}


def test_kafka_is_set_as_in_the_local_stack(tmp_path: Path) -> None:
    lines = (TRIAL / "kafka.properties").read_text().splitlines()
    trial = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    # What the local broker would be started with.
    local = Kafka(port=9092, controller_port=9093, folder=tmp_path)._settings()

    assert {key: value for key, value in trial.items() if key not in OF_THE_PLACE} == {
        key: str(value) for key, value in local.items() if key not in OF_THE_PLACE
    }
    assert set(trial) | {"advertised.listeners"} == set(local)

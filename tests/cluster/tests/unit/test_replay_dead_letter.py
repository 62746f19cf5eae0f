"""The program that runs in a Pod finds what it imports, and publishes what it is given."""

import sys

import aiokafka
import pytest
from on_cluster.steps.replay_dead_letter import PUBLISH


def test_it_publishes_by_the_services_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []

    class Producer:
        def __init__(self, **options: object) -> None:
            said.append(options)

        async def start(self) -> None:
            said.append("start")

        async def send_and_wait(self, topic: str, value: bytes, *, key: bytes) -> None:
            said.append((topic, value, key))

        async def stop(self) -> None:
            said.append("stop")

    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "kafka.example:9092")
    monkeypatch.setattr(aiokafka, "AIOKafkaProducer", Producer)
    monkeypatch.setattr(sys, "argv", ["-c", "{}"])
    exec(compile(PUBLISH, "in-a-pod", "exec"), {})  # noqa: S102 - this program is what is tested
    options = {"bootstrap_servers": "kafka.example:9092", "security_protocol": "PLAINTEXT"}
    assert said == [options, "start", ("linli.outreach.events", b"{}", b"nobody"), "stop"]

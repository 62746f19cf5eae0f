"""Events travel through a broker that asks for a name and speaks in cipher alone."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from chassis.events import Received
from chassis.kafka_access import KafkaAccess, Sasl, SaslMechanism
from chassis.listening import Listener
from chassis.mongo import Store
from chassis.testing_certificates import authority_made
from chassis.topic_tail import Record, TopicTail
from chassis.topics import BrokerUnavailable, Topic, create_topics, existing_topics
from local_stack.kafka import Kafka, install
from local_stack.leash import Leash
from local_stack.ports import free_port

from .conftest import Bakery, LoafBaked, eventually, running

NAME, PASSWORD = "linli", "pass-word"
MODULES = "org.apache.kafka.common.security"


class GuardedKafka(Kafka):
    """A broker with a second door: TLS and a name. The first is its own, and the test's to see."""

    def __init__(self, folder: Path, leash: Leash) -> None:
        super().__init__(port=free_port(), controller_port=free_port(), folder=folder, leash=leash)
        self.guarded_port = free_port()
        folder.mkdir(parents=True)
        authority = authority_made("the bakery's authority")
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(authority.certificate_pem)
        (folder / "server.pem").write_bytes(authority.server_pem("127.0.0.1"))

    def access(self, mechanism: SaslMechanism) -> KafkaAccess:
        return KafkaAccess(
            f"127.0.0.1:{self.guarded_port}",
            encrypted=True,
            sasl=Sasl(mechanism, NAME, PASSWORD),
            ca_file=self.ca_file,
        )

    def prepare(self) -> None:
        jars = install()
        settings = "".join(f"{key}={value}\n" for key, value in self._settings().items())
        (self.folder / "server.properties").write_text(settings)
        named = [
            f"--add-scram={mechanism}=[name={NAME},password={PASSWORD}]"
            for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512")
        ]
        tool = ["java", "-Xmx64m", "-cp", f"{jars}/*", "kafka.tools.StorageTool", "format"]
        where = ["--cluster-id=bG9hdmVzLWFuZC1icmVhZA", f"--config={self.folder}/server.properties"]
        subprocess.run([*tool, *where, *named], check=True, capture_output=True)  # noqa: S603

    def _settings(self) -> dict[str, object]:
        plain = f'{MODULES}.plain.PlainLoginModule required user_{NAME}="{PASSWORD}";'
        scram = f"{MODULES}.scram.ScramLoginModule required;"
        settings = super()._settings()
        return settings | {
            "listener.security.protocol.map": (
                f"{settings['listener.security.protocol.map']},GUARDED:SASL_SSL"
            ),
            "listeners": f"{settings['listeners']},GUARDED://127.0.0.1:{self.guarded_port}",
            "advertised.listeners": (
                f"{settings['advertised.listeners']},GUARDED://127.0.0.1:{self.guarded_port}"
            ),
            "inter.broker.listener.name": "PLAINTEXT",
            "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
            "listener.name.guarded.plain.sasl.jaas.config": plain,
            "listener.name.guarded.scram-sha-256.sasl.jaas.config": scram,
            "listener.name.guarded.scram-sha-512.sasl.jaas.config": scram,
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": self.folder / "server.pem",
        }


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, leash: Leash) -> Iterator[GuardedKafka]:
    with GuardedKafka(tmp_path_factory.mktemp("guarded") / "kafka", leash) as kafka:
        yield kafka


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
async def test_what_is_baked_is_relayed_heard_and_followed(
    guarded: GuardedKafka, store: Store, mechanism: SaslMechanism
) -> None:
    bakery = Bakery(store, guarded.access(mechanism))
    await bakery.open()
    heard: list[str] = []
    followed: list[bytes | None] = []

    async def hear(event: Received[LoafBaked]) -> None:
        heard.append(event.data.loaf_id)

    async def follow(record: Record) -> None:
        followed.append(record.key)

    tail = TopicTail(bakery.kafka, bakery.topic, follow, start="beginning")
    async with (
        bakery.relaying(),
        bakery.listening(Listener(bakery.topic, LoafBaked, hear)),
        running(tail.run()),
    ):
        loaf = await bakery.bake()

        async def everybody_knows() -> bool:
            return heard == [loaf.id] and followed == [loaf.id.encode()]

        await eventually(everybody_knows)


async def test_who_has_no_good_name_or_believes_another_authority_gets_nothing(
    guarded: GuardedKafka, tmp_path: Path
) -> None:
    good = guarded.access("SCRAM-SHA-512")
    others = tmp_path / "others.pem"
    others.write_bytes(authority_made("another authority").certificate_pem)
    before = await existing_topics(good)
    for bad in (
        replace(good, sasl=Sasl("SCRAM-SHA-512", NAME, "another")),
        replace(good, sasl=None),
        replace(good, encrypted=False, ca_file=None),
        replace(good, ca_file=others),
    ):
        with pytest.raises(BrokerUnavailable):
            await create_topics(bad, [Topic("mill")])
    assert await existing_topics(good) == before

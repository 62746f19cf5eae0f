"""Apache Kafka in KRaft mode: one broker that is its own controller.

Source: deploy/local/kafka/pom.xml names the version; Maven fetches the jars.
"""

import base64
import shutil
import socket
import struct
import subprocess
import uuid
from pathlib import Path
from xml.etree import ElementTree

from local_stack.cache import DEPLOY_FOLDER, cache_folder, only_one_at_a_time
from local_stack.leash import Leash
from local_stack.server_process import ServerProcess

_POM = DEPLOY_FOLDER / "kafka" / "pom.xml"
_METADATA_API_KEY = 3
_METADATA_API_VERSION = 1
_ANSWER_WITHIN_SECONDS = 2.0


class KafkaNotInstalled(Exception):
    """Maven could not fetch Kafka; the message is Maven's own."""


def kafka_version() -> str:
    """Return the version that the pom names."""
    pom = ElementTree.parse(_POM)  # noqa: S314  our own file
    version = pom.findtext(".//{*}kafka.version")
    if version is None:
        raise KafkaNotInstalled(f"{_POM} has no kafka.version")
    return version


def jars_folder() -> Path:
    """Return where the jars are, or will be."""
    return cache_folder() / f"kafka-{kafka_version()}"


def is_installed() -> bool:
    """Whether every jar is there."""
    return (jars_folder() / "complete").exists()


def install() -> Path:
    """Fetch the jars with Maven, once per machine; return their folder."""
    folder = jars_folder()
    with only_one_at_a_time("kafka"):
        if is_installed():
            return folder
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        maven = subprocess.run(  # noqa: S603
            [  # noqa: S607
                "mvn",
                "--quiet",
                "--batch-mode",
                "--file",
                str(_POM),
                "dependency:copy-dependencies",
                "-DincludeScope=runtime",
                f"-DoutputDirectory={partial}",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if maven.returncode != 0:
            raise KafkaNotInstalled(maven.stdout[-2_000:] + maven.stderr[-2_000:])
        (partial / "complete").touch()
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
    return folder


class Kafka(ServerProcess):
    """A broker on `port`, its controller on `controller_port`."""

    name = "kafka"

    def __init__(
        self, *, port: int, controller_port: int, folder: Path, leash: Leash | None = None
    ) -> None:
        super().__init__(port=port, folder=folder, leash=leash)
        self.controller_port = controller_port
        self._properties = folder / "server.properties"
        self._data = folder / "data"

    @property
    def bootstrap_servers(self) -> str:
        """What KAFKA_BOOTSTRAP_SERVERS is for this broker."""
        return f"127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """Write server.properties and format the log folder, once."""
        install()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._properties.write_text(
            "".join(f"{key}={value}\n" for key, value in self._settings().items())
        )
        if (self._data / "meta.properties").exists():
            return
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        # In one word: an id may begin with a dash, which by itself would be an option.
        arguments = ["format", f"--cluster-id={cluster_id}", "--config", str(self._properties)]
        formatting = subprocess.run(  # noqa: S603
            [*_java(heap="64m"), "kafka.tools.StorageTool", *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        if formatting.returncode != 0:
            raise RuntimeError(f"Kafka's folder could not be formatted: {formatting.stderr}")

    def argv(self) -> list[str]:
        """Return the command line of the broker."""
        return [*_java(heap="320m"), "kafka.Kafka", str(self._properties)]

    def is_ready(self) -> bool:
        """Whether the broker answers a metadata request naming itself."""
        try:
            with socket.create_connection(
                ("127.0.0.1", self.port), _ANSWER_WITHIN_SECONDS
            ) as connection:
                return _known_brokers(connection) > 0
        except (OSError, EOFError):
            return False

    def _settings(self) -> dict[str, object]:
        return {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@127.0.0.1:{self.controller_port}",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "listeners": (
                f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{self.controller_port}"
            ),
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "log.dirs": self._data,
            # A topic is made by a service's command, with its partitions and retention.
            "auto.create.topics.enable": "false",
            "offsets.topic.replication.factor": 1,
            "offsets.topic.num.partitions": 4,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
            # The default waits 10 ms for more commits: 146 commits a second instead of 688.
            "group.coordinator.append.linger.ms": 0,
            # The controller takes a killed broker back when its session is over, 9 s by default;
            # one of 3 s runs out in between where the machine is very busy.
            "broker.heartbeat.interval.ms": 1000,
            "broker.session.timeout.ms": 6000,
        }


def _java(*, heap: str) -> list[str]:
    return [
        "java",
        f"-Xmx{heap}",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.awt.headless=true",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        "-cp",
        f"{jars_folder()}/*",
    ]


def _known_brokers(connection: socket.socket) -> int:
    """Ask for the metadata of no topic; return how many brokers the answer lists."""
    client_id = b"linli-local-stack"
    request = (
        struct.pack(">hhih", _METADATA_API_KEY, _METADATA_API_VERSION, 1, len(client_id))
        + client_id
        + struct.pack(">i", 0)
    )
    connection.sendall(struct.pack(">i", len(request)) + request)
    (length,) = struct.unpack(">i", _read(connection, 4))
    answer = _read(connection, length)
    (brokers,) = struct.unpack_from(">i", answer, 4)
    return int(brokers)


def _read(connection: socket.socket, length: int) -> bytes:
    received = b""
    while len(received) < length:
        chunk = connection.recv(length - len(received))
        if not chunk:
            raise EOFError
        received += chunk
    return received

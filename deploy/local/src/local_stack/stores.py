"""Which store and which broker a stack uses: given ones, or servers of its own."""

from pathlib import Path
from typing import cast

from local_stack.kafka import Kafka
from local_stack.layout import Layout
from local_stack.programs import Stores
from local_stack.record import StackRecord
from local_stack.store import Store, StoreBuild, chosen_build


def _remembered_build(folder: Path) -> StoreBuild:
    """Return the build that made this data, else the best one installed, and remember it.

    The two builds do not read each other's files.
    """
    marker = folder / "build"
    if not marker.exists():
        folder.mkdir(parents=True, exist_ok=True)
        marker.write_text(chosen_build())
    return cast(StoreBuild, marker.read_text())


def choose_stores(layout: Layout, record: StackRecord) -> Stores:
    """Return the given store and broker, else servers of the stack's own."""
    store = kafka = None
    if record.mongodb_uri is None:
        folder = layout.state / "store"
        store = Store(port=layout.port("store"), folder=folder, build=_remembered_build(folder))
    if record.kafka_bootstrap_servers is None:
        kafka = Kafka(
            port=layout.port("kafka"),
            controller_port=layout.port("kafka-controller"),
            folder=layout.state / "kafka",
        )
    return Stores(
        mongodb_uri=record.mongodb_uri or (store.uri if store else ""),
        kafka_bootstrap_servers=record.kafka_bootstrap_servers
        or (kafka.bootstrap_servers if kafka else ""),
        store=store,
        kafka=kafka,
    )

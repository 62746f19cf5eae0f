"""Which store and which broker a stack uses: given ones, or servers of its own."""

import os
from pathlib import Path
from typing import cast

from local_stack.kafka import Kafka
from local_stack.layout import Layout
from local_stack.programs import Stores
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


def choose_stores(layout: Layout) -> Stores:
    """Return MONGODB_URI and KAFKA_BOOTSTRAP_SERVERS where given, else servers of the stack."""
    given_uri = os.environ.get("MONGODB_URI")
    given_kafka = os.environ.get("KAFKA_BOOTSTRAP_SERVERS")
    store = kafka = None
    if not given_uri:
        folder = layout.state / "store"
        store = Store(port=layout.port("store"), folder=folder, build=_remembered_build(folder))
    if not given_kafka:
        kafka = Kafka(
            port=layout.port("kafka"),
            controller_port=layout.port("kafka-controller"),
            folder=layout.state / "kafka",
        )
    return Stores(
        mongodb_uri=given_uri or (store.uri if store else ""),
        kafka_bootstrap_servers=given_kafka or (kafka.bootstrap_servers if kafka else ""),
        store=store,
        kafka=kafka,
    )

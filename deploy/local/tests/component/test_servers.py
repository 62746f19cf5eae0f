"""A server of a test starts, stops, is killed, comes back with its data, and outlives no run."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pymongo
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from local_stack.acting.waiting import by_and_by
from local_stack.kafka import Kafka
from local_stack.server_process import ServerNotReady
from local_stack.store import Store


def count(uri: str) -> int:
    with pymongo.MongoClient[dict[str, object]](uri, timeoutMS=4000) as client:
        return client["linli_test"]["things"].count_documents({})


@pytest.mark.parametrize("graceful", [True, False])
def test_a_store_keeps_its_data_over_a_restart(
    start_store: Callable[[], Store], graceful: bool
) -> None:
    store = start_store()
    with pymongo.MongoClient[dict[str, object]](store.uri, timeoutMS=4000) as client:
        client["linli_test"]["things"].insert_one({"_id": "thing"})
    store.stop(graceful=graceful)
    assert not store.is_ready()
    store.start()
    store.wait_ready()
    assert count(store.uri) == 1


@pytest.mark.parametrize("graceful", [True, False])
async def test_kafka_keeps_its_events_over_a_restart(
    start_kafka: Callable[[], Kafka], graceful: bool
) -> None:
    kafka = start_kafka()
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    await admin.start()
    await admin.create_topics([NewTopic("things", 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap_servers) as producer:
        await producer.send_and_wait("things", b"thing")
    kafka.stop(graceful=graceful)
    assert not kafka.is_ready()
    kafka.start()
    kafka.wait_ready()
    partition = TopicPartition("things", 0)
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka.bootstrap_servers)
    await consumer.start()
    assert await consumer.end_offsets([partition]) == {partition: 1}
    await consumer.stop()


def test_a_server_that_ends_while_starting_shows_its_log(
    start_store: Callable[[], Store], tmp_path: Path
) -> None:
    taken = start_store()
    second = Store(port=taken.port, folder=tmp_path / "second", build=taken.build)
    # The first store still answers on that port, so readiness must look at the process as well.
    second.start()
    by_and_by(lambda: not second.is_running)
    with pytest.raises(ServerNotReady, match="ended while starting"):
        second.wait_ready()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_test_run_that_is_ended_leaves_no_process(tmp_path: Path, ending: signal.Signals) -> None:
    test_file = tmp_path / "test_waits.py"
    test_file.write_text(
        "import time\n"
        "def test_waits(start_store):\n"
        f"    open({str(tmp_path / 'pid')!r}, 'w').write(str(start_store().pid))\n"
        "    time.sleep(600)\n"
    )
    root = Path(__file__).parents[4]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "conftest", str(test_file)]
    run = subprocess.Popen(  # noqa: S603
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    pid_file = tmp_path / "pid"
    by_and_by(lambda: pid_file.exists() and pid_file.read_text() != "")
    store = psutil.Process(int(pid_file.read_text()))
    run.send_signal(ending)
    run.wait(20)
    by_and_by(lambda: not store.is_running() or store.status() == psutil.STATUS_ZOMBIE)

"""The servers that tests share: a real store and a real Kafka, on ports and data of their own.

They are started when the first test asks and end with the test run, however that ends.
LINLI_TEST_MONGODB_URI and LINLI_TEST_KAFKA name running ones to use instead;
LINLI_TEST_STORE=rs|wheel chooses the embedded store's build.
"""

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import cast

import chassis.mongo  # noqa: F401  else pytest takes the folder chassis/ for the package
import pytest
import redaction.redactor  # noqa: F401  as above
import story.stopped  # noqa: F401  as above
import wechat.failures  # noqa: F401  as above
from hypothesis import settings
from local_stack.kafka import Kafka
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.store import Store, StoreBuild

# By default an example must end within 200 ms, which on a busy machine says nothing of the code.
settings.register_profile("without wall time", deadline=None)
settings.load_profile("without wall time")

StartKafka = Callable[[], Kafka]
StartStore = Callable[[], Store]


_LEASH = pytest.StashKey[Leash]()


def _end_as_by_ctrl_c(signal_number: int, frame: object) -> None:
    # A second one ends the run at once; the leash then ends its servers.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise KeyboardInterrupt


def pytest_configure(config: pytest.Config) -> None:
    """Let a SIGTERM of the test run end its servers as Ctrl-C does."""
    config.stash[_LEASH] = Leash()
    signal.signal(signal.SIGTERM, _end_as_by_ctrl_c)
    # A shell has what it starts in the background ignore Ctrl-C, and that is inherited.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what is still tied to the leash, also where the ends of fixtures were interrupted."""
    config.stash[_LEASH].close()


def _chosen_build() -> StoreBuild | None:
    build = os.environ.get("LINLI_TEST_STORE")
    if build not in {None, "", "rs", "wheel"}:
        raise pytest.UsageError(f"LINLI_TEST_STORE is rs or wheel, not {build}")
    return cast(StoreBuild, build) if build else None


@pytest.fixture(scope="session")
def leash(pytestconfig: pytest.Config) -> Leash:
    """Ends what is tied to it when the test run is gone, even by SIGKILL."""
    return pytestconfig.stash[_LEASH]


@pytest.fixture(scope="session")
def mongodb_uri(tmp_path_factory: pytest.TempPathFactory, leash: Leash) -> Iterator[str]:
    """The store that tests share. Each test uses databases of names of its own."""
    given = os.environ.get("LINLI_TEST_MONGODB_URI")
    if given:
        yield given
        return
    folder = tmp_path_factory.mktemp("store")
    with Store(port=free_port(), folder=folder, build=_chosen_build(), leash=leash) as store:
        # A machine that is busy with other things may hold the store back for some seconds.
        yield f"{store.uri}&timeoutMS=30000"


@pytest.fixture(scope="session")
def kafka_bootstrap_servers(
    tmp_path_factory: pytest.TempPathFactory, leash: Leash
) -> Iterator[str]:
    """The broker that tests share. Each test uses topics and groups of names of its own."""
    given = os.environ.get("LINLI_TEST_KAFKA")
    if given:
        yield given
        return
    with _kafka(tmp_path_factory.mktemp("kafka"), leash) as kafka:
        yield kafka.bootstrap_servers


@pytest.fixture
def start_kafka(tmp_path: Path, leash: Leash) -> Iterator[StartKafka]:
    """Start a broker of the test's own, to be stopped or killed; returns it when ready."""
    with ExitStack() as started:
        numbers = itertools.count(1)
        yield lambda: started.enter_context(_kafka(tmp_path / f"kafka-{next(numbers)}", leash))


@pytest.fixture
def start_store(tmp_path: Path, leash: Leash) -> Iterator[StartStore]:
    """Start a store of the test's own, to be stopped or killed; returns it when ready."""
    with ExitStack() as started:
        numbers = itertools.count(1)

        def start() -> Store:
            folder = tmp_path / f"store-{next(numbers)}"
            store = Store(port=free_port(), folder=folder, build=_chosen_build(), leash=leash)
            return started.enter_context(store)

        yield start


def _kafka(folder: Path, leash: Leash) -> Kafka:
    return Kafka(port=free_port(), controller_port=free_port(), folder=folder, leash=leash)

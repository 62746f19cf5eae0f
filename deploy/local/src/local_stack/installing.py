"""What a stack needs beside Python packages: the gateway's packages, Kafka, the store."""

from collections.abc import Callable

from local_stack import kafka, node_packages, store


def missing_parts(*, own_store: str | None, own_kafka: bool) -> dict[str, Callable[[], object]]:
    """Return what is still to be installed, by name, with what installs it.

    Args:
        own_store: the build of the embedded store, or None where another is given.
        own_kafka: whether the stack starts a broker of its own.
    """
    parts: dict[str, Callable[[], object]] = {}
    if not node_packages.GATEWAY.are_installed():
        parts["gateway packages"] = node_packages.GATEWAY.install
    if own_kafka and not kafka.is_installed():
        parts[f"Kafka {kafka.kafka_version()}"] = kafka.install
    if own_store == "wheel" and not store.is_installed("wheel"):
        parts["embedded store"] = store.install_wheel
    return parts

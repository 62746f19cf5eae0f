"""Secrets are made once and are their owner's; the record says what an `up` chose."""

import json
import stat
from pathlib import Path

from local_stack.layout import PORT_OFFSETS, Layout
from local_stack.record import StackRecord
from local_stack.secrets_file import stack_secrets


def test_secrets_are_made_once_and_private(tmp_path: Path) -> None:
    made = stack_secrets(tmp_path)
    assert stack_secrets(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_a_stack_of_an_earlier_version_gets_the_secrets_that_are_new(tmp_path: Path) -> None:
    made = stack_secrets(tmp_path)
    path = tmp_path / "secrets.json"
    earlier = json.loads(path.read_text())
    del earlier["union_mark_key"]
    path.write_text(json.dumps(earlier))

    added = stack_secrets(tmp_path)

    assert stack_secrets(tmp_path) == added
    assert added.lookup_hash_key == made.lookup_hash_key
    assert added.key_wrapping_keys == made.key_wrapping_keys
    assert added.union_mark_key not in {"", made.union_mark_key, made.lookup_hash_key}


def test_two_stacks_share_no_secret(tmp_path: Path) -> None:
    one, other = stack_secrets(tmp_path / "one"), stack_secrets(tmp_path / "other")
    assert one.lookup_hash_key != other.lookup_hash_key
    assert one.key_wrapping_keys != other.key_wrapping_keys


def test_the_record_of_an_up_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "stack.json"
    assert StackRecord.read(path) is None
    record = StackRecord(port_base=5_000, kafka_bootstrap_servers="broker:9092")
    record.write(path)
    assert StackRecord.read(path) == record


def test_no_two_processes_share_a_port(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    assert len({layout.port(name) for name in PORT_OFFSETS}) == len(PORT_OFFSETS)


def test_a_socket_path_is_never_too_long_to_bind(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    assert len(bytes(Layout(deep).supervisor_socket)) <= 90
    assert Layout(Path("/srv/linli")).supervisor_socket == Path("/srv/linli/supervisord.sock")

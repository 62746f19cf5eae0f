"""The reader hears what is there, however it is wrapped, and nothing else."""

import base64
import gzip
import hashlib
import json
import zlib
from urllib.parse import quote

import pytest
from strangers.canary_reader import CanaryReader

NAME, PHONE = "金丝雀", "13987650001"
READER = CanaryReader({"name": NAME, "phone": PHONE})


@pytest.mark.parametrize(
    "hidden",
    [
        NAME,
        NAME.encode(),
        NAME.encode("utf-16-le"),
        NAME.encode("gb18030"),
        {"a": [{"b": ("x", NAME)}]},
        {NAME: 1},
        b"\x00\xff" + NAME.encode() + b"\xfe",
        json.dumps({"facts": {"name": NAME}}),
        json.dumps(json.dumps(NAME)),
        quote(f"/people?name={NAME}"),
        base64.b64encode(f"me: {NAME}".encode()).decode(),
        base64.urlsafe_b64encode(f"我是{NAME}，".encode()).decode().rstrip("="),
        NAME.encode().hex(),
        gzip.compress(NAME.encode()),
        zlib.compress(json.dumps({"name": NAME}).encode()),
        zlib.compress(NAME.encode(), wbits=-15),
        base64.b64encode(zlib.compress(NAME.encode())).decode(),
        f"token {base64.b64encode(json.dumps({'it': NAME.encode().hex()}).encode()).decode()}",
        hashlib.sha256(NAME.encode()).hexdigest(),
        hashlib.md5(NAME.encode(), usedforsecurity=False).digest(),
    ],
)
def test_a_canary_is_heard(hidden: object) -> None:
    assert READER.heard_in(hidden) == {"name"}


@pytest.mark.parametrize(
    "written",
    ["139 8765 0001", "139-8765-0001", "１３９８７６５０００１", int(PHONE), "+86 13987650001"],
)
def test_a_number_is_heard_however_it_is_written(written: object) -> None:
    assert READER.heard_in({"phone": written}) == {"phone"}


@pytest.mark.parametrize(
    "silent",
    [
        "",
        "金雀",
        "1398765000",
        b"\x1f\x8bno gzip",
        {"a": None, "b": [1, 2.5, True]},
        base64.b64encode(bytes(range(256))).decode(),
        "%zz \\u12 ====",
    ],
)
def test_nothing_is_heard_where_nothing_is(silent: object) -> None:
    assert READER.heard_in(silent) == set()

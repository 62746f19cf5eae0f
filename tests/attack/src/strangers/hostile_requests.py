"""HTTP requests to a GraphQL door that are wrong around the document."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from strangers.replies import CUT_OFF

_JSON = {"content-type": "application/json"}
_PLAIN = "{ __typename }"
_MEGABYTE = 1024 * 1024
_READ_WHOLE_BYTES = 256 * 1024
"""What every door reads; a longer body may be refused while it is still being sent."""
_UNKNOWN_METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND")


@dataclass(frozen=True)
class HostileRequest:
    """One request to `/graphql`.

    Attributes:
        query: what follows the path, with its question mark.
        may_pass: whether an answer is as good as a refusal.
        announced: whether its length is said beforehand; else it is sent in pieces.
    """

    name: str
    body: bytes
    method: str = "POST"
    query: str = ""
    headers: dict[str, str] = field(default_factory=lambda: dict(_JSON))
    may_pass: bool = False
    announced: bool = True

    @property
    def bare(self) -> frozenset[int]:
        """The statuses that may refuse it without a code of the short list; all else has one."""
        if self.method in _UNKNOWN_METHODS:
            # A route that has no such method answers before the graph is asked; the status is all.
            return frozenset({405})
        if len(self.body) > _READ_WHOLE_BYTES:
            # Who is still sending when the door closes may find the connection gone, not the 413.
            return frozenset({CUT_OFF})
        return frozenset()


def asking(name: str, document: str, *, may_pass: bool = False) -> HostileRequest:
    """A document in an otherwise plain request."""
    body = json.dumps({"query": document}).encode()
    return HostileRequest(name, body, may_pass=may_pass)


def hostile_requests(*, most_bytes: int) -> Iterator[HostileRequest]:
    """Make one of each kind. Args: most_bytes: the length of the largest body."""
    yield from _batches()
    yield from _no_json()
    yield from _wrong_parts()
    yield from _wrong_variables()
    yield from _other_ways()
    yield from _large(most_bytes)


def _batches() -> Iterator[HostileRequest]:
    one = {"query": _PLAIN}
    for count in (0, 1, 10, 1_000):
        body = json.dumps([one] * count).encode()
        yield HostileRequest(f"a batch of {count}", body)
    yield HostileRequest("a batch of batches", json.dumps([[[one]]]).encode())


def _no_json() -> Iterator[HostileRequest]:
    bodies = {
        "nothing": b"",
        "no JSON": b"{query",
        "half a JSON": b'{"query": "{ __typename }"',
        "a text": b'"{ __typename }"',
        "a number": b"7",
        "null": b"null",
        "not UTF-8": b'{"query": "\xff\xfe"}',
        "half a character": b'{"query": "{ __typename } # \\ud800"}',
        "NaN": b'{"query": "{ __typename }", "variables": {"a": NaN}}',
        "UTF-16": json.dumps({"query": _PLAIN}).encode("utf-16"),
        "lists, 100,000 deep": b"[" * 100_000 + b"]" * 100_000,
        "objects, 30,000 deep": b'{"a":' * 30_000 + b"1" + b"}" * 30_000,
    }
    for name, body in bodies.items():
        yield HostileRequest(name, body, may_pass=name == "half a character")
    yield HostileRequest("a byte order mark", b"\xef\xbb\xbf" + _body({}), may_pass=True)
    yield HostileRequest("a prototype", _body({"__proto__": {"query": "x"}}), may_pass=True)


def _wrong_parts() -> Iterator[HostileRequest]:
    parts: dict[str, dict[str, object]] = {
        "no query": {"query": None},
        "a query that is a number": {"query": 7},
        "a query that is a list": {"query": [_PLAIN]},
        "a query that is an object": {"query": {"kind": "Document"}},
        "an operation's name that is an object": {"operationName": {"$ne": ""}},
        "an operation that is not there": {"operationName": "Nowhere"},
        "variables that are a list": {"variables": [1]},
        "variables that are a text": {"variables": "x"},
        "variables that are a number": {"variables": 7},
    }
    for name, changed in parts.items():
        yield HostileRequest(name, _body(changed))
    ignored: dict[str, dict[str, object]] = {
        "extensions that are a number": {"extensions": 7},
        "a persisted query that is a number": {"extensions": {"persistedQuery": 7}},
        "a hash that is an object": {"extensions": {"persistedQuery": {"sha256Hash": {}}}},
        "a document id that is a number": {"documentId": 7},
    }
    for name, changed in ignored.items():
        yield HostileRequest(name, _body(changed), may_pass=True)
    unknown = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}}
    yield HostileRequest("an unknown hash alone", json.dumps(unknown).encode())


def _wrong_variables() -> Iterator[HostileRequest]:
    """They are not asked for, or asked for as something else."""
    typed = "query Q($v: Int!) { __typename @skip(if: false) }"
    values: dict[str, object] = {
        "a whole number out of range": 2**31,
        "a huge whole number": 10**300,
        "a text for a number": "7",
        "an object for a number": {"$gt": 0},
        "a list, 500 deep": _nested(500),
        "nothing for a number": None,
    }
    for name, value in values.items():
        changed = {"query": typed, "variables": {"v": value}}
        yield HostileRequest(f"a variable: {name}", _body(changed))
    many = {f"v{at}": at for at in range(10_000)}
    yield HostileRequest("10,000 variables", _body({"variables": many}), may_pass=True)
    long = {"v": "x" * 200_000}
    yield HostileRequest("a variable of 200 KB", _body({"variables": long}), may_pass=True)


def _other_ways() -> Iterator[HostileRequest]:
    form = {"content-type": "application/x-www-form-urlencoded"}
    yield HostileRequest("a form", b"query=%7B__typename%7D", headers=form)
    yield HostileRequest("a plain text", _body({}), headers={"content-type": "text/plain"})
    yield HostileRequest("no type", _body({}), headers={})
    graphql = {"content-type": "application/graphql"}
    yield HostileRequest("a bare document", _PLAIN.encode(), headers=graphql)
    parts = b'--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--\r\n'
    files = {"content-type": "multipart/form-data; boundary=x"}
    yield HostileRequest("a form with files", parts, headers=files)
    packed = {**_JSON, "content-encoding": "gzip"}
    bomb = gzip.compress(b" " * (64 * _MEGABYTE))
    yield HostileRequest("64 MB, packed", bomb, headers=packed)
    mutation = "?query=mutation%7BlogOut(input:%7BrequestId:%22a%22%7D)%7B__typename%7D%7D"
    yield HostileRequest("a mutation by GET", b"", "GET", mutation, {})
    programs = {"accept": "application/json"}  # a browser is shown GraphiQL in development
    yield HostileRequest("an empty GET", b"", "GET", "", programs)
    long = f"?query=%7B{'a' * 10_000}%7D"
    yield HostileRequest("a long GET", b"", "GET", long, {})
    for method in _UNKNOWN_METHODS:
        yield HostileRequest(f"by {method}", _body({}), method)


def _large(most_bytes: int) -> Iterator[HostileRequest]:
    large = b'{"query": "{ __typename }' + b" " * most_bytes + b'"}'
    megabytes = most_bytes // _MEGABYTE
    yield HostileRequest(f"{megabytes} MB", large)
    yield HostileRequest(f"{megabytes} MB in pieces", large, announced=False)
    deep = {"variables": {"v": _nested(900)}}
    yield HostileRequest("variables, 900 deep", _body(deep), may_pass=True)


def _body(changed: Mapping[str, object]) -> bytes:
    return json.dumps({"query": _PLAIN, **changed}).encode()


def _nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = [value]
    return value

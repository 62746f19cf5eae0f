"""Reads everything in a value, however it is wrapped, and hears canaries in it.

A canary is a word that nobody may read. It is heard in clear; inside JSON, base64, hexadecimal,
percent-encoding, escapes, gzip or zlib, one in the other; with other digits and with separators;
and as its plain MD5, SHA-1 or SHA-256, from which a telephone number is soon guessed.
"""

import base64
import binascii
import gzip
import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

_LAYERS = 4
_LARGEST_UNPACKED_BYTES = 10_000_000
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEXADECIMAL = re.compile(r"(?:[0-9a-fA-F]{2}){4,}")
_ESCAPE = re.compile(r"\\(?:\\|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_SEPARATORS = re.compile(r"[\s\-_.·()]+")
_DIGESTS = ("md5", "sha1", "sha256")


class CanaryReader:
    """Hears some canaries.

    Args:
        canaries: what each one is, and its text.
    """

    def __init__(self, canaries: Mapping[str, str]) -> None:
        self._texts = {what: _spellings(text) for what, text in canaries.items()}
        self._bytes = {what: _raw_spellings(text) for what, text in canaries.items()}

    def heard_in(self, value: object) -> set[str]:
        """Return which canaries are in a value: a text, bytes, or a tree of such."""
        return {what for leaf in _leaves(value) for what in self._heard(leaf, _LAYERS)}

    def _heard(self, leaf: str | bytes, layers: int) -> Iterator[str]:
        if isinstance(leaf, bytes):
            yield from (w for w, them in self._bytes.items() if any(it in leaf for it in them))
        else:
            plain = _plain(leaf)
            for what, them in self._texts.items():
                if any(it in leaf or it in plain for it in them):
                    yield what
        if layers:
            for inner in _unwrapped(leaf):
                yield from self._heard(inner, layers - 1)


def _spellings(text: str) -> set[str]:
    digests = (hashlib.new(name, text.encode(), usedforsecurity=False) for name in _DIGESTS)
    return {text, _plain(text), *(digest.hexdigest() for digest in digests)}


def _raw_spellings(text: str) -> set[bytes]:
    digests = (hashlib.new(name, text.encode(), usedforsecurity=False) for name in _DIGESTS)
    wide = (text.encode(name) for name in ("utf-16-le", "utf-16-be", "gb18030"))
    return {*(it.encode() for it in _spellings(text)), *wide, *(it.digest() for it in digests)}


def _plain(text: str) -> str:
    """Half-width, without what people put between digits."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))


def _leaves(value: object) -> Iterator[str | bytes]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(name)
            yield from _leaves(inner)
    elif isinstance(value, str | bytes):
        yield value
    elif isinstance(value, Sequence | set | frozenset):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield str(value)


def _unwrapped(leaf: str | bytes) -> Iterator[str | bytes]:
    """Yield what a leaf may have been before it was wrapped."""
    if isinstance(leaf, bytes):
        yield from _unpacked(leaf)
        text = _decoded(leaf)
        if text is not None:
            yield text
        return
    if "%" in leaf and (unquoted := unquote(leaf)) != leaf:
        yield unquoted
    if "\\" in leaf and (unescaped := _unescaped(leaf)) != leaf:
        yield unescaped
    for run in _HEXADECIMAL.findall(leaf):
        yield bytes.fromhex(run)
    for run in _BASE64.findall(leaf):
        yield from _from_base64(run)


def _unpacked(leaf: bytes) -> Iterator[bytes]:
    if leaf[:2] == b"\x1f\x8b":
        try:
            yield gzip.decompress(leaf)[:_LARGEST_UNPACKED_BYTES]
        except (OSError, EOFError, zlib.error):
            return
    for window_bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        unpacking = zlib.decompressobj(window_bits)
        try:
            unpacked = unpacking.decompress(leaf, _LARGEST_UNPACKED_BYTES)
        except zlib.error:
            continue
        if unpacking.eof and unpacked:
            yield unpacked


def _decoded(leaf: bytes) -> str | None:
    try:
        return leaf.decode()
    except UnicodeDecodeError:
        return None


def _from_base64(run: str) -> Iterator[bytes]:
    standard = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        yield base64.b64decode(standard + "=" * (-len(standard) % 4))
    except binascii.Error:
        return


def _unescaped(text: str) -> str:
    def meant(found: re.Match[str]) -> str:
        code = found.group(1) or found.group(2)
        return chr(int(code, 16)) if code else "\\"

    return _ESCAPE.sub(meant, text)

"""What a client sends to get a token, as RFC 6749 writes it (sections 2.3.1, 3.2 and 4.4.2)."""

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote_plus

import msgspec

from residents.application.merchants.issue_token import ClientProof

GRANT_TYPE = "client_credentials"
_FORM = "application/x-www-form-urlencoded"
_BASIC = "basic "
_MOST_FIELDS = 20
_LONGEST = 256


class TokenRequestRefused(Exception):
    """The request cannot be answered with a token, whoever sent it.

    Attributes:
        error: one of RFC 6749, section 5.2.
    """

    def __init__(self, error: str) -> None:
        self.error = error
        super().__init__(error)


class TokenRequest(msgspec.Struct, frozen=True):
    """A well-formed request. `scope` is None where none was asked for."""

    proof: ClientProof
    scope: str | None


def read_token_request(headers: Mapping[str, str], body: bytes) -> TokenRequest:
    """Raises: TokenRequestRefused."""
    fields = _fields(headers.get("content-type", ""), body)
    proof = _proof(headers.get("authorization"), fields)
    grant_type = fields.get("grant_type")
    if grant_type is None:
        raise TokenRequestRefused("invalid_request")
    if grant_type != GRANT_TYPE:
        raise TokenRequestRefused("unsupported_grant_type")
    return TokenRequest(proof, fields.get("scope"))


def _fields(content_type: str, body: bytes) -> dict[str, str]:
    """Each at most once; one without a value counts as not sent."""
    media_type, _, _ = content_type.partition(";")
    if media_type.strip().lower() != _FORM:
        raise TokenRequestRefused("invalid_request")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise TokenRequestRefused("invalid_request") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise TokenRequestRefused("invalid_request")
    return {name: value for name, value in fields.items() if value}


def _proof(authorization: str | None, fields: Mapping[str, str]) -> ClientProof:
    """By the header or in the form, never by both."""
    named, secret = fields.get("client_id"), fields.get("client_secret")
    if authorization is not None:
        if secret is not None:
            raise TokenRequestRefused("invalid_request")
        proof = _basic(authorization)
        if named is not None and named != proof.client_id:
            raise TokenRequestRefused("invalid_request")
        return proof
    if named is None or secret is None:
        raise TokenRequestRefused("invalid_client")
    return _checked(named, secret)


def _basic(authorization: str) -> ClientProof:
    if authorization[: len(_BASIC)].lower() != _BASIC:
        raise TokenRequestRefused("invalid_client")
    try:
        decoded = base64.b64decode(authorization[len(_BASIC) :].strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise TokenRequestRefused("invalid_client") from None
    named, colon, secret = decoded.partition(":")
    if not colon:
        raise TokenRequestRefused("invalid_client")
    return _checked(unquote_plus(named), unquote_plus(secret))


def _checked(client_id: str, secret: str) -> ClientProof:
    if not 0 < len(client_id) <= _LONGEST or not 0 < len(secret) <= _LONGEST:
        raise TokenRequestRefused("invalid_client")
    return ClientProof(client_id, secret)

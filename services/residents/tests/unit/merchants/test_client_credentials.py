"""What a client sends, read as RFC 6749 writes it."""

import base64
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from residents.api.merchants.client_credentials import TokenRequestRefused, read_token_request
from residents.application.merchants.issue_token import ClientProof

FORM = {"content-type": "application/x-www-form-urlencoded"}
GRANT = {"grant_type": "client_credentials"}
words = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x4E00), min_size=1, max_size=40
).filter(lambda text: len(text.encode()) < 120)


def basic(credentials: str) -> dict[str, str]:
    encoded = base64.b64encode(credentials.encode()).decode()
    return {**FORM, "authorization": f"Basic {encoded}"}


@given(words, words)
def test_id_and_secret_come_through_header_and_form_alike(client_id: str, secret: str) -> None:
    encoded = f"{urlencode({'': client_id})[1:]}:{urlencode({'': secret})[1:]}"
    in_form = urlencode({**GRANT, "client_id": client_id, "client_secret": secret})

    by_header = read_token_request(basic(encoded), urlencode(GRANT).encode())
    by_form = read_token_request(FORM, in_form.encode())

    assert by_header.proof == by_form.proof == ClientProof(client_id, secret)


@given(st.binary(max_size=200), st.text(max_size=80))
def test_whatever_is_sent_is_read_or_refused(body: bytes, authorization: str) -> None:
    for headers in (FORM, {**FORM, "authorization": authorization}, {}):
        assert refusal(headers, body) in {
            None,
            "invalid_request",
            "invalid_client",
            "unsupported_grant_type",
        }


def refusal(headers: dict[str, str], body: bytes) -> str | None:
    """What is wrong with a request; None for one that is well-formed."""
    try:
        read_token_request(headers, body)
    except TokenRequestRefused as refused:
        return refused.error
    return None


@pytest.mark.parametrize(
    ("headers", "body", "error"),
    [
        ({"content-type": "application/json"}, b"{}", "invalid_request"),
        ({}, urlencode(GRANT).encode(), "invalid_request"),
        (basic("a:b"), b"", "invalid_request"),
        (basic("a:b"), b"grant_type=", "invalid_request"),
        (basic("a:b"), b"grant_type=client_credentials&grant_type=password", "invalid_request"),
        (basic("a:b"), b"grant_type=password", "unsupported_grant_type"),
        (basic("a:b"), b"grant_type=client_credentials&client_secret=b", "invalid_request"),
        (basic("a:b"), b"grant_type=client_credentials&client_id=c", "invalid_request"),
        (basic("ab"), b"grant_type=client_credentials", "invalid_client"),
        (basic(":b"), b"grant_type=client_credentials", "invalid_client"),
        (basic("a:"), b"grant_type=client_credentials", "invalid_client"),
        (basic("a:" + "b" * 257), b"grant_type=client_credentials", "invalid_client"),
        (FORM, b"grant_type=client_credentials", "invalid_client"),
        (FORM, b"grant_type=client_credentials&client_id=a", "invalid_client"),
        ({**FORM, "authorization": "Bearer x"}, b"grant_type=x", "invalid_client"),
        ({**FORM, "authorization": "Basic ***"}, b"grant_type=x", "invalid_client"),
        (FORM, b"&".join(b"a%d=1" % number for number in range(21)), "invalid_request"),
        (FORM, "grant_type=口".encode(), "invalid_request"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_what_is_no_request_is_refused_by_its_name(
    headers: dict[str, str], body: bytes, error: str
) -> None:
    assert refusal(headers, body) == error

"""What an api says becomes an answer, whatever it says."""

import json

import pytest
from benchmarks.w2_claim_rush import Said, answer_of


@pytest.mark.parametrize(
    ("body", "code", "voucher_id"),
    [
        (
            {
                "data": {
                    "claimVoucher": {"__typename": "ClaimVoucherSuccess", "voucher": {"id": "v"}}
                }
            },
            "CLAIMED",
            "v",
        ),
        (
            {"data": {"claimVoucher": {"__typename": "SoldOut", "code": "SOLD_OUT"}}},
            "SOLD_OUT",
            None,
        ),
        (
            {"data": None, "errors": [{"extensions": {"code": "INTERNAL"}}]},
            "top-level INTERNAL",
            None,
        ),
        ({"data": {"claimVoucher": None}}, "HTTP 200 UNREADABLE", None),
        ([], "HTTP 200 UNREADABLE", None),
    ],
)
def test_an_answer_is_named(body: object, code: str, voucher_id: str | None) -> None:
    answer = answer_of(Said(200, json.dumps(body), 3.0, 10.0))

    assert (answer.code, answer.voucher_id) == (code, voucher_id)
    assert (answer.milliseconds, answer.at_milliseconds) == (3.0, 10.0)


def test_what_is_no_json_is_named_after_its_status() -> None:
    assert answer_of(Said(503, "<html>", 3.0, 10.0)).code == "HTTP 503 UNREADABLE"

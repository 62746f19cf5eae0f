"""The mini-program in the settings: whole or not at all."""

import pytest
from outreach.domain.notices.kinds import Template
from outreach.settings import OutreachSettings
from pydantic import ValidationError

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
NEEDED = {
    "mongodb_uri": "mongodb://127.0.0.1",
    "kafka_bootstrap_servers": "127.0.0.1:9092",
    "key_wrapping_keys": f"test:{KEY}",
    "lookup_hash_key": KEY,
    "union_mark_key": KEY,
}
MINI_PROGRAM = {
    "wechat_miniprogram_app_id": "wx5f0d2b7c91e34a68",
    "wechat_miniprogram_secret": "fedcba9876543210fedcba9876543210",
}


def settings(**given: str) -> OutreachSettings:
    return OutreachSettings.model_validate(NEEDED | given)


def test_without_a_mini_program_there_is_nothing_to_allow() -> None:
    assert settings().template_ids() == {}


def test_each_template_has_its_name_at_wechat() -> None:
    named = settings(**MINI_PROGRAM, wechat_voucher_template_id="template-1")

    assert named.template_ids() == {Template.VOUCHER: "template-1"}


@pytest.mark.parametrize("alone", sorted(MINI_PROGRAM))
def test_half_a_mini_program_is_refused_without_its_secret(alone: str) -> None:
    with pytest.raises(ValidationError) as refused:
        settings(**{alone: MINI_PROGRAM[alone]})

    assert MINI_PROGRAM["wechat_miniprogram_secret"] not in str(refused.value)

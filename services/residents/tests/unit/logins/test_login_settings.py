"""The mini-program's settings come together or not at all."""

import base64

import pytest
from pydantic import ValidationError
from residents.settings import ResidentsSettings

KEY = base64.urlsafe_b64encode(bytes(32)).decode()
EVERY_SERVICES = {
    "mongodb_uri": "mongodb://127.0.0.1",
    "kafka_bootstrap_servers": "127.0.0.1:9092",
    "key_wrapping_keys": f"test:{KEY}",
    "lookup_hash_key": KEY,
}
MINI_PROGRAM = {
    "wechat_miniprogram_app_id": "wx5f0d2b7c91e34a68",
    "wechat_miniprogram_secret": "fedcba9876543210fedcba9876543210",
    "union_mark_key": base64.urlsafe_b64encode(bytes([1] * 32)).decode(),
}


def settings(**given: str) -> ResidentsSettings:
    return ResidentsSettings.model_validate({**EVERY_SERVICES, **given})


def test_a_service_starts_without_a_mini_program() -> None:
    assert settings().wechat_miniprogram_app_id is None
    assert settings(union_mark_key=KEY).union_hash()("a", "b") == settings().union_hash()("a", "b")


def test_with_one_unionids_are_hashed_under_the_key_that_is_shared() -> None:
    given = settings(**MINI_PROGRAM)

    assert given.union_hash()("a", "b") != given.lookup_hash()("a", "b")


@pytest.mark.parametrize("missing", list(MINI_PROGRAM))
def test_half_a_mini_program_is_named_without_its_secret(missing: str) -> None:
    given = {name: value for name, value in MINI_PROGRAM.items() if name != missing}

    with pytest.raises(ValidationError) as refusal:
        settings(**given)
    assert missing.upper() in str(refusal.value)
    assert MINI_PROGRAM["wechat_miniprogram_secret"] not in str(refusal.value)


@pytest.mark.parametrize("alone", ["wechat_miniprogram_app_id", "wechat_miniprogram_secret"])
def test_what_wechat_gives_means_nothing_alone(alone: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        settings(**{alone: MINI_PROGRAM[alone]})
    for name in MINI_PROGRAM.keys() - {alone}:
        assert name.upper() in str(refusal.value)
    assert MINI_PROGRAM["wechat_miniprogram_secret"] not in str(refusal.value)


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError):
        settings(union_mark_key="short")

"""Percentiles, and keys that a seed gives again."""

from pathlib import Path

import pytest
from benchmarks.ground import keys_of, percentile
from outreach.settings import OutreachSettings
from residents.settings import ResidentsSettings
from vouchers.settings import VouchersSettings


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (99, 99), (100, 100), (1, 1)])
def test_a_percentile_is_one_of_the_values(percent: float, value: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], percent) == value


def test_of_few_the_most_is_the_ninety_ninth() -> None:
    assert percentile([3.0, 1.0, 2.0], 99) == 3
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 99)


def test_the_services_take_the_keys_that_a_seed_gives() -> None:
    assert keys_of(1) == keys_of(1) != keys_of(2)
    lower = {name.lower(): value for name, value in keys_of(1).items()}
    there = {"mongodb_uri": "mongodb://x", "kafka_bootstrap_servers": "x:1", **lower}
    for settings in (VouchersSettings, OutreachSettings, ResidentsSettings):
        assert settings.model_validate({**there, "state_folder": Path("x")}).wrapping_keys()

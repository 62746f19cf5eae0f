"""A day begins and ends by China's clock."""

from datetime import UTC, date, datetime

from residents.domain.china_days import beginning_of, day_of, end_of


def test_days_are_days_in_china() -> None:
    assert beginning_of(date(2026, 12, 1)) == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert end_of(date(2026, 12, 1)) == datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    assert day_of(datetime(2026, 11, 30, 16, 0, tzinfo=UTC)) == date(2026, 12, 1)
    assert day_of(datetime(2026, 11, 30, 15, 59, tzinfo=UTC)) == date(2026, 11, 30)

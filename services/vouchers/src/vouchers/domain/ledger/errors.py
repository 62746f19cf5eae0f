"""What can go wrong with the books."""

from vouchers.domain.errors import VouchersError


class StatementPeriodInvalid(VouchersError):
    """A period that ends before it begins, or is longer than a statement covers."""

    code = "STATEMENT_PERIOD_INVALID"
    message = "对账起止时间有误：结束须晚于开始，且不超过 366 天。"


class Unbalanced(Exception):
    """The legs of an entry do not come to zero: a fault of this program, nothing is posted."""

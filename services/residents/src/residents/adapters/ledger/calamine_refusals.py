"""What calamine says of a workbook that it cannot read, in the words of this service."""

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError, PasswordError

from residents.domain.ledger.errors import LedgerDamaged, LedgerEncrypted

_PANIC = "PanicException"
"""What Rust raises where it met something it thought impossible; its class cannot be imported."""


@contextmanager
def as_ledger_errors() -> Iterator[None]:
    """Raises: LedgerEncrypted, LedgerDamaged."""
    try:
        yield
    except PasswordError:
        raise LedgerEncrypted from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise LedgerDamaged from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise LedgerDamaged from None

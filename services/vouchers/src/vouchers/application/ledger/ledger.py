"""What can be done with the books, on one page."""

from dataclasses import dataclass

from vouchers.application.ledger.read_ledger import ReadLedger
from vouchers.application.ledger.seal_entries import SealEntries
from vouchers.application.ledger.verify_ledger import VerifyLedger
from vouchers.application.ledger.voucher_figures import ReadVoucherFigures


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The use cases and reads."""

    read: ReadLedger
    figures: ReadVoucherFigures
    seal: SealEntries
    verify: VerifyLedger

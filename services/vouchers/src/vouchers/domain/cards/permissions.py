"""Who may do what with vouchers."""

from vouchers.domain.actors import Role
from vouchers.domain.permissions import OFFICE, Permission

_RESIDENT = frozenset({Role.RESIDENT})
_MERCHANT = frozenset({Role.MERCHANT})

CLAIM = Permission("claimVoucher", _RESIDENT)
READ_OWN_VOUCHERS = Permission("myVouchers", _RESIDENT)
SHOW_CODE = Permission("voucherCode", _RESIDENT)
READ_LIVE_CAMPAIGNS = Permission("liveCampaigns", _RESIDENT)
REDEEM = Permission("redeemVoucher", _MERCHANT)
REVERSE = Permission("reverseRedemption", OFFICE)
READ_FIGURES = Permission("voucherFigures", OFFICE | {Role.AUDITOR})
READ_NAMES = Permission("Voucher.campaignTitle", _RESIDENT | _MERCHANT | OFFICE | {Role.AUDITOR})

"""What can be done with merchants, on one page."""

from vouchers.application.merchants.add_store import AddStore
from vouchers.application.merchants.approve_merchant import ApproveMerchant
from vouchers.application.merchants.ports import Merchants
from vouchers.application.merchants.read_merchants import ReadMerchants
from vouchers.application.merchants.register_merchant import RegisterMerchant
from vouchers.application.merchants.reinstate_merchant import ReinstateMerchant
from vouchers.application.merchants.suspend_merchant import SuspendMerchant
from vouchers.application.ports import Now


class MerchantsRoom:
    """The use cases of merchants."""

    def __init__(self, merchants: Merchants, now: Now) -> None:
        self.register = RegisterMerchant(merchants, now)
        self.add_store = AddStore(merchants)
        self.approve = ApproveMerchant(merchants, now)
        self.suspend = SuspendMerchant(merchants, now)
        self.reinstate = ReinstateMerchant(merchants, now)
        self.read = ReadMerchants(merchants)

"""The words that merchants have in the graph."""

from enum import Enum

import strawberry


@strawberry.enum(description="What a merchant lives by.")
class BusinessKind(Enum):
    """See vouchers.domain.merchants.particulars."""

    CATERING = strawberry.enum_value("catering", description="Meals and drinks.")
    GROCERY = strawberry.enum_value("grocery", description="Food to take home.")
    RETAIL = strawberry.enum_value("retail", description="Other goods.")
    PHARMACY = strawberry.enum_value("pharmacy", description="Medicines.")
    HEALTH = strawberry.enum_value("health", description="Clinics, care and massage.")
    HOUSEKEEPING = strawberry.enum_value("housekeeping", description="Cleaning and laundry.")
    REPAIR = strawberry.enum_value("repair", description="Mending things and homes.")
    LEISURE = strawberry.enum_value("leisure", description="Culture, sports and courses.")
    OTHER = strawberry.enum_value("other", description="Anything else.")


@strawberry.enum(description="Where a merchant stands.")
class MerchantState(Enum):
    """See vouchers.domain.merchants.merchant."""

    APPLIED = strawberry.enum_value("applied", description="Waits for a second person.")
    APPROVED = strawberry.enum_value("approved", description="May take vouchers.")
    SUSPENDED = strawberry.enum_value("suspended", description="Takes none for now.")

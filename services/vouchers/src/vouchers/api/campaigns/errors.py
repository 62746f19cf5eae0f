"""The named errors of campaigns as the graph shows them."""

from chassis.graphql_errors import UserError, error_type

from vouchers.domain.campaigns import errors


@error_type(errors.CampaignNotFound, description="No such campaign in the caller's community.")
class CampaignNotFound(UserError):
    """See the domain."""


@error_type(
    errors.CampaignTitleInvalid, description="The title is empty or longer than 40 characters."
)
class CampaignTitleInvalid(UserError):
    """See the domain."""


@error_type(
    errors.FunderInvalid, description="The funder's name is empty or longer than 60 characters."
)
class FunderInvalid(UserError):
    """See the domain."""


@error_type(errors.FaceValueInvalid, description="The face value is not 1 to 100,000 fen.")
class FaceValueInvalid(UserError):
    """See the domain."""


@error_type(errors.MinimumSpendInvalid, description="The least bill is not 0 to 1,000,000 fen.")
class MinimumSpendInvalid(UserError):
    """See the domain."""


@error_type(errors.StockInvalid, description="The stock is not 1 to 200,000.")
class StockInvalid(UserError):
    """See the domain."""


@error_type(
    errors.DailyStockInvalid,
    description="Less than one voucher a day, more than there are, or some after claiming ends.",
)
class DailyStockInvalid(UserError):
    """See the domain."""


@error_type(errors.BudgetInvalid, description="The budget is not 1 to 100,000,000,000 fen.")
class BudgetInvalid(UserError):
    """See the domain."""


@error_type(errors.BudgetTooSmall, description="Face value times stock is more than the budget.")
class BudgetTooSmall(UserError):
    """See the domain."""


@error_type(
    errors.CapInvalid, description="A person may claim 1 to 20, a household as many up to 100."
)
class CapInvalid(UserError):
    """See the domain."""


@error_type(
    errors.WindowInvalid, description="The times are not in order, or span more than three years."
)
class WindowInvalid(UserError):
    """See the domain."""


@error_type(errors.WindowOver, description="Claiming would have ended already.")
class WindowOver(UserError):
    """See the domain."""


@error_type(errors.TooManyPlaces, description="More than 100 estates or 200 merchants are named.")
class TooManyPlaces(UserError):
    """See the domain."""


@error_type(errors.CampaignNotDraft, description="The campaign is no draft any more.")
class CampaignNotDraft(UserError):
    """See the domain."""


@error_type(errors.CampaignTermsChanged, description="The terms were amended since they were read.")
class CampaignTermsChanged(UserError):
    """See the domain."""


@error_type(errors.CampaignNotLive, description="The campaign is not live.")
class CampaignNotLive(UserError):
    """See the domain."""


@error_type(errors.CampaignNotPaused, description="The campaign is not paused.")
class CampaignNotPaused(UserError):
    """See the domain."""


@error_type(errors.CampaignNotRunning, description="The campaign has not begun, or has ended.")
class CampaignNotRunning(UserError):
    """See the domain."""


ERRORS: tuple[type[UserError], ...] = (
    CampaignNotFound,
    CampaignTitleInvalid,
    FunderInvalid,
    FaceValueInvalid,
    MinimumSpendInvalid,
    StockInvalid,
    DailyStockInvalid,
    BudgetInvalid,
    BudgetTooSmall,
    CapInvalid,
    WindowInvalid,
    WindowOver,
    TooManyPlaces,
    CampaignNotDraft,
    CampaignTermsChanged,
    CampaignNotLive,
    CampaignNotPaused,
    CampaignNotRunning,
)

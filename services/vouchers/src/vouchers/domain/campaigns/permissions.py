"""Who may do what with campaigns."""

from vouchers.domain.actors import Role
from vouchers.domain.permissions import OFFICE, SECRETARY, Permission

READ_CAMPAIGNS = Permission("campaigns", OFFICE | {Role.AUDITOR})
DRAFT_CAMPAIGN = Permission("draftCampaign", OFFICE)
AMEND_CAMPAIGN = Permission("amendCampaign", OFFICE)
APPROVE_CAMPAIGN = Permission("approveCampaign", SECRETARY)
PAUSE_CAMPAIGN = Permission("pauseCampaign", SECRETARY)
RESUME_CAMPAIGN = Permission("resumeCampaign", SECRETARY)
END_CAMPAIGN = Permission("endCampaign", SECRETARY)

"""What the office asks about merchants and campaigns."""

_MERCHANT = """
  id name creditCode business isAllianceMember state approvedBy suspensionReason
  contact { maskedName maskedPhone } payee { maskedName maskedAccountNumber }
  stores { id name address estateId }
"""
_CAMPAIGN = """
  id title kind state termsNumber stock minted budgetFen faceValueFen makers approvedBy endedBy
  funder { id kind name } merchantIds merchants { id name }
"""


def _mutation(name: str, shown: str) -> str:
    kind = name[0].upper() + name[1:]
    return f"""
mutation Do($input: {kind}Input!) {{
  {name}(input: $input) {{
    __typename
    ... on {kind}Success {{ {shown} }}
    ... on UserError {{ code message }}
  }}
}}
"""


REGISTER = _mutation("registerMerchant", f"merchant {{ {_MERCHANT} }}")
ADD_STORE = _mutation("addStore", f"store {{ id }} merchant {{ {_MERCHANT} }}")
APPROVE_MERCHANT = _mutation("approveMerchant", f"merchant {{ {_MERCHANT} }}")
SUSPEND = _mutation("suspendMerchant", f"merchant {{ {_MERCHANT} }}")
REINSTATE = _mutation("reinstateMerchant", f"merchant {{ {_MERCHANT} }}")
DRAFT = _mutation("draftCampaign", f"campaign {{ {_CAMPAIGN} }}")
AMEND = _mutation("amendCampaign", f"campaign {{ {_CAMPAIGN} }}")
APPROVE_CAMPAIGN = _mutation("approveCampaign", f"campaign {{ {_CAMPAIGN} }}")
PAUSE = _mutation("pauseCampaign", f"campaign {{ {_CAMPAIGN} }}")
RESUME = _mutation("resumeCampaign", f"campaign {{ {_CAMPAIGN} }}")
END = _mutation("endCampaign", f"campaign {{ {_CAMPAIGN} }}")
MERCHANT = f"query M($id: ID!) {{ merchant(id: $id) {{ {_MERCHANT} }} }}"
MERCHANTS = "query Ms($state: MerchantState) { merchants(state: $state) { edges { node { id } } } }"
CAMPAIGN = f"query C($id: ID!) {{ campaign(id: $id) {{ {_CAMPAIGN} }} }}"
CAMPAIGNS = "query Cs($state: CampaignState) { campaigns(state: $state) { edges { node { id } } } }"

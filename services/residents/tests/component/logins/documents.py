"""What is asked of the graph about logins and bindings."""

LOG_IN = """
mutation L($input: LogInWithWeChatInput!) {
  logInWithWeChat(input: $input) {
    __typename
    ... on LogInWithWeChatSuccess {
      accessToken refreshToken
      account { id displayName username state maskedPhone roles { role scope } }
    }
    ... on UserError { code message }
  }
}
"""
GIVE_PHONE = """
mutation P($input: GivePhoneNumberInput!) {
  givePhoneNumber(input: $input) {
    __typename
    ... on GivePhoneNumberSuccess { account { maskedPhone } }
    ... on UserError { code message }
  }
}
"""
CONSENT = """
mutation C($input: GiveConsentInput!) { giveConsent(input: $input) { __typename } }
"""
WITHDRAW = """
mutation W($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { __typename } }
"""
BINDING = "binding { id state relation claimedName householdId residentId reason }"
REQUEST_BINDING = f"""
mutation R($input: RequestBindingInput!) {{
  requestBinding(input: $input) {{
    __typename
    ... on RequestBindingSuccess {{ {BINDING} }}
    ... on UserError {{ code message }}
  }}
}}
"""
VERIFY = f"""
mutation V($input: VerifyBindingInput!) {{
  verifyBinding(input: $input) {{
    __typename
    ... on VerifyBindingSuccess {{ {BINDING} }}
    ... on UserError {{ code message }}
  }}
}}
"""
REFUSE = f"""
mutation F($input: RefuseBindingInput!) {{
  refuseBinding(input: $input) {{
    __typename
    ... on RefuseBindingSuccess {{ {BINDING} }}
    ... on UserError {{ code message }}
  }}
}}
"""
REVOKE = f"""
mutation K($input: RevokeBindingInput!) {{
  revokeBinding(input: $input) {{
    __typename
    ... on RevokeBindingSuccess {{ {BINDING} }}
    ... on UserError {{ code message }}
  }}
}}
"""
TO_VERIFY = """
query T($first: Int = 20, $after: String) {
  bindingsToVerify(first: $first, after: $after) {
    nodes {
      accountId maskedPhone
      binding { id claimedName householdId }
      candidates { residentId maskedName maskedPhone birthYear nameMatches phoneMatches }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""
ME = """
query M {
  me {
    id maskedPhone roles { role scope }
    bindings { id state claimedName householdId residentId reason }
  }
}
"""
MY_SESSIONS = """
query S($first: Int = 20, $after: String) {
  mySessions(first: $first, after: $after) {
    nodes { id client createdAt refreshedAt expiresAt current }
    pageInfo { hasNextPage endCursor }
  }
}
"""
SESSIONS_OF = """
query S($account: ID!) { sessionsOf(accountId: $account) { nodes { id client current } } }
"""
REVOKE_OTHERS = """
mutation O($input: RevokeOtherSessionsInput!) {
  revokeOtherSessions(input: $input) {
    __typename ... on RevokeOtherSessionsSuccess { revoked } ... on UserError { code }
  }
}
"""
INVITATIONS = "query I { staffInvitations { nodes { expiresAt account { id username } } } }"
REISSUE = """
mutation N($input: ReissueInvitationInput!) {
  reissueInvitation(input: $input) {
    __typename ... on ReissueInvitationSuccess { invitationCode } ... on UserError { code }
  }
}
"""
WITHDRAW_INVITATION = """
mutation W($input: WithdrawInvitationInput!) {
  withdrawInvitation(input: $input) {
    __typename ... on WithdrawInvitationSuccess { account { state } } ... on UserError { code }
  }
}
"""
RESETS = """
query R { credentialResets { nodes { id reason requestedBy approvedBy account { id } } } }
"""
ASK_RESET = """
mutation Q($input: RequestCredentialResetInput!) {
  requestCredentialReset(input: $input) {
    __typename ... on RequestCredentialResetSuccess { reset { id } } ... on UserError { code }
  }
}
"""
APPROVE_RESET = """
mutation A($input: ApproveCredentialResetInput!) {
  approveCredentialReset(input: $input) {
    __typename
    ... on ApproveCredentialResetSuccess { resetCode expiresAt }
    ... on UserError { code }
  }
}
"""
COMPLETE_RESET = """
mutation C($input: CompleteCredentialResetInput!) {
  completeCredentialReset(input: $input) {
    __typename
    ... on CompleteCredentialResetSuccess { totpSecret otpauthUri account { id } }
    ... on UserError { code }
  }
}
"""
CHANGE_PASSWORD = """
mutation P($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    __typename ... on ChangePasswordSuccess { account { id } } ... on UserError { code }
  }
}
"""
REPLACE_TOTP = """
mutation T($input: ReplaceTotpInput!) {
  replaceTotp(input: $input) {
    __typename ... on ReplaceTotpSuccess { totpSecret otpauthUri } ... on UserError { code }
  }
}
"""

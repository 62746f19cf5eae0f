"""What is asked of the graph about privacy."""

REVEAL_CONTACT = """
mutation RevealContact($input: RevealContactInput!) {
  revealContact(input: $input) {
    __typename
    ... on RevealContactSuccess {
      reveal { id residentId reason expiresAt expired contact { name phone birthDate } }
    }
    ... on UserError { code message }
  }
}
"""
REVEAL = "query R($id: ID!) { reveal(id: $id) { id expired contact { name phone birthDate } } }"
REVEALS = """
query R($resident: ID) {
  reveals(residentId: $resident, first: 10) {
    nodes { id accountId byRole residentId reason }
  }
}
"""
NOTES = "query R($resident: ID) { reveals(residentId: $resident, first: 10) { nodes { note } } }"
AUDIT_TRAIL = """
query A($subject: ID, $action: AuditAction, $first: Int!, $after: String) {
  auditTrail(subject: $subject, action: $action, first: $first, after: $after) {
    nodes { seq actorAccountId action subject purpose hash previousHash }
    pageInfo { hasNextPage endCursor }
  }
}
"""
POLICIES = "query P { privacyPolicies { purpose version title text } }"
GIVE = """
mutation G($input: GiveConsentInput!) {
  giveConsent(input: $input) {
    __typename
    ... on GiveConsentSuccess { consent { policyVersion channel withdrawnAt } }
    ... on UserError { code }
  }
}
"""
WITHDRAW = """
mutation W($input: WithdrawConsentInput!) {
  withdrawConsent(input: $input) {
    __typename
    ... on WithdrawConsentSuccess { consent { policyVersion withdrawnAt } }
    ... on UserError { code }
  }
}
"""
RECORD = """
mutation R($input: RecordConsentInput!) {
  recordConsent(input: $input) {
    __typename
    ... on GiveConsentSuccess { consent { channel } }
    ... on UserError { code }
  }
}
"""
RECORD_WITHDRAWAL = """
mutation R($input: RecordConsentWithdrawalInput!) {
  recordConsentWithdrawal(input: $input) {
    __typename
    ... on WithdrawConsentSuccess { consent { withdrawnAt withdrawnChannel } }
    ... on UserError { code }
  }
}
"""
MY_CONSENTS = "query M { myConsents { isGiven policy { purpose } history { channel } } }"
CONSENTS_OF = """
query C($resident: ID!) { consentsOf(residentId: $resident) { isGiven policy { purpose } } }
"""
EXPORT = """
mutation E($input: RequestDataExportInput!) {
  requestDataExport(input: $input) {
    __typename
    ... on RequestDataExportSuccess { path expiresAt }
    ... on UserError { code }
  }
}
"""
EXPORT_FOR = """
mutation E($input: RequestResidentDataExportInput!) {
  requestResidentDataExport(input: $input) {
    __typename
    ... on RequestDataExportSuccess { path expiresAt }
    ... on UserError { code }
  }
}
"""

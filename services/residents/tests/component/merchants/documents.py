"""What the office asks about merchants' systems."""

ISSUE = """
mutation Issue($request: ID!, $merchant: ID!, $kind: MerchantClientKind!) {
  issueMerchantClient(input: {requestId: $request, merchantId: $merchant, kind: $kind}) {
    __typename
    ... on IssueMerchantClientSuccess { clientId clientSecret client { id kind revokedAt } }
    ... on UserError { code message }
  }
}
"""
REVOKE = """
mutation Revoke($request: ID!, $client: ID!) {
  revokeMerchantClient(input: {requestId: $request, clientId: $client}) {
    __typename
    ... on RevokeMerchantClientSuccess { client { id revokedAt revokedBy } }
    ... on UserError { code message }
  }
}
"""
CLIENTS = """
query Clients($merchant: ID!) {
  merchantClients(merchantId: $merchant) { edges { node { id kind issuedBy revokedAt } } }
}
"""
COMMUNITY = "query Community($id: ID!) { community(id: $id) { id } }"

OPEN_TO_ALL = (
    "query Q { me { id } }",
    "query Q { mySessions { nodes { id } } }",
    "query Q { myPosts { __typename } }",
    "query Q { myConsents { __typename } }",
    'mutation M { requestDataExport(input: {requestId: "e"}) { __typename } }',
    'mutation M { revokeOtherSessions(input: {requestId: "o"}) { __typename } }',
    'mutation M { logOut(input: {requestId: "l"}) { __typename } }',
)
"""What the permissions let everybody ask who has a token."""

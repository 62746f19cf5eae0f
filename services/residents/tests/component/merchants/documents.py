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

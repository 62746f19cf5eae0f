"""What the tests ask of the graph."""

COMMENT_FIELDS = """
fragment Shown on Comment {
  id source state text redactedText receivedAt deletedAt repliedAt dismissedReason
  article { id title channel { id name } } channel { id }
  joined reply { text state withLink failure { code message wechatCode } sentAt deliveredAt }
}
"""
REGISTER_CHANNEL = """
mutation ($input: RegisterChannelInput!) { registerChannel(input: $input) {
  __typename
  ... on RegisterChannelSuccess { channel { id name state appId callbackUrl } }
  ... on UserError { code message }
} }
"""
ARCHIVE_CHANNEL = """
mutation ($input: ArchiveChannelInput!) { archiveChannel(input: $input) {
  __typename
  ... on ArchiveChannelSuccess { channel { id state } }
  ... on UserError { code message }
} }
"""
REGISTER_ARTICLE = """
mutation ($input: RegisterPublishedArticleInput!) { registerPublishedArticle(input: $input) {
  __typename
  ... on RegisterPublishedArticleSuccess { article { id title messageDataId index } }
  ... on UserError { code message }
} }
"""
REPLY = (
    """
mutation ($input: ReplyToCommentInput!) { replyToComment(input: $input) {
  __typename
  ... on ReplyToCommentSuccess { comment { ...Shown } }
  ... on UserError { code message }
} }
"""
    + COMMENT_FIELDS
)
COMMENTS = (
    """
query ($state: CommentState, $first: Int = 20, $after: String) {
  comments(state: $state, first: $first, after: $after) {
    nodes { ...Shown } pageInfo { hasNextPage endCursor }
  }
}
"""
    + COMMENT_FIELDS
)
COMMENT = "query ($id: ID!) { comment(id: $id) { ...Shown } }" + COMMENT_FIELDS
ENTITIES = (
    """
query ($of: [_Any!]!) { _entities(representations: $of) { __typename ...Shown } }
"""
    + COMMENT_FIELDS
)
FIGURES = """
query ($id: ID!, $from: DateTime, $until: DateTime) { community(id: $id) { id outreachFigures(
  receivedFrom: $from, receivedUntil: $until
) {
  commentsReceived unansweredComments articlesPublished
} } }
"""
TAKE_OVER = """
mutation ($input: TakeOverCommentInput!) { takeOverComment(input: $input) {
  __typename
  ... on TakeOverCommentSuccess { comment { id text state joinedAt } }
  ... on UserError { code message }
} }
"""
MY_COMMENTS = """
query ($first: Int = 20, $after: String) { myComments(first: $first, after: $after) {
  nodes { id source state text commentedAt joinedAt reply { text deliveredAt } }
  pageInfo { hasNextPage endCursor }
} }
"""

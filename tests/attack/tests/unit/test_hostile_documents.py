"""Hostile documents: each is what it says, and all are different."""

import pytest
from graphql import GraphQLSyntaxError, parse
from strangers.hostile_documents import hostile_documents, introspecting
from strangers.hostile_requests import asking, hostile_requests

MOST = 1_000


def test_each_has_a_name_of_its_own() -> None:
    documents = [it.name for it in hostile_documents(most=MOST)]
    requests = [it.name for it in hostile_requests(most_bytes=2_000_000)]

    assert len(set(documents)) == len(documents) > 40
    assert len(set(requests)) == len(requests) > 40


def test_larger_sizes_are_left_out_of_a_smaller_run() -> None:
    small = {it.name for it in hostile_documents(most=30)}
    large = {it.name for it in hostile_documents(most=5_000)}

    assert small < large
    assert max(len(it.text) for it in hostile_documents(most=30)) < 3_000


def test_few_requests_may_be_refused_by_a_status_alone() -> None:
    requests = [*hostile_requests(most_bytes=2_000_000), asking("a name", "{ __typename }")]
    bare = {it.name: it.bare for it in requests if it.bare}

    assert bare == {
        **{f"by {method}": {405} for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND")},
        "1 MB": {0},
        "1 MB in pieces": {0},
    }


def test_those_that_may_pass_are_documents() -> None:
    passing = [it.text for it in hostile_documents(most=MOST) if it.may_pass]
    texts = [*passing, *(it.text for it in introspecting())]

    assert all(parse(text, no_location=True) for text in texts)
    with pytest.raises(GraphQLSyntaxError):
        parse("{")


def test_a_document_is_put_into_a_request() -> None:
    request = asking("a name", "{ __typename }", may_pass=True)

    assert (request.body, request.may_pass) == (b'{"query": "{ __typename }"}', True)

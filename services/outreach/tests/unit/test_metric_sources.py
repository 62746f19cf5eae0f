"""What a person types in is a person's word, and says so."""

import pytest
from outreach.api.schema import build


@pytest.mark.parametrize("source", ["WECHAT", "CSV"])
def test_nobody_types_in_a_figure_as_wechats_or_a_tables(source: str) -> None:
    document = (
        'mutation { recordMetric(input: {requestId: "1", subjectKind: COMMUNITY, metric: READS, '
        f'value: 100000, on: "2026-11-23", source: {source}}}) {{ __typename }} }}'
    )
    answer = build().execute_sync(document)
    assert answer.data is None
    (error,) = answer.errors or []
    assert source in error.message

"""Who only counts residents cannot store them: what was not read would be lost."""

import pytest
from residents.adapters.archive.mongo_residents import WithoutFacts, WrittenWithoutFacts


async def test_a_resident_read_without_facts_is_not_written() -> None:
    read = {"_id": "resident_1", "facts": None, "staged": None}

    with pytest.raises(WrittenWithoutFacts):
        await WithoutFacts().encode(read)
    with pytest.raises(WrittenWithoutFacts):
        await WithoutFacts().encode_many([read])

"""Acts are written down once each, in a chain that shows what was done to it."""

import asyncio
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from residents.application.privacy.append_to_trail import AuditTrailBroken
from residents.domain.privacy.audit import AuditAct, AuditAction
from residents.domain.privacy.chain import NO_ENTRIES, AuditEntry, Head, following
from residents.domain.privacy.verdict import Break, BreakKind

from .trails import HERE, Trail, an_act, keyed_hash

ENTRIES = 9
Breaking = Callable[[Trail], None]


@pytest.fixture
async def trail() -> Trail:
    trail = Trail()
    await trail.write(ENTRIES)
    return trail


async def test_what_was_written_is_whole(trail: Trail) -> None:
    verdict = await trail.verify(HERE)

    assert verdict.is_whole
    assert verdict.entries == ENTRIES
    assert [entry.seq for entry in trail.entries.kept] == list(range(1, ENTRIES + 1))
    assert trail.entries.heads[HERE] == Head(ENTRIES, verdict.head_hash)


async def test_the_same_act_is_written_once(trail: Trail) -> None:
    await trail.write(ENTRIES)

    assert len(trail.entries.kept) == ENTRIES


async def test_communities_have_chains_of_their_own(trail: Trail) -> None:
    await trail.write(2, community_id="community_there")

    there = await trail.verify("community_there")
    assert (there.entries, there.is_whole) == (2, True)
    assert await trail.verify.communities() == [HERE, "community_there"]


async def test_an_empty_trail_is_whole() -> None:
    verdict = await Trail().verify(HERE)

    assert (verdict.entries, verdict.is_whole) == (0, True)


async def test_appends_at_once_make_no_gap() -> None:
    trail = Trail()
    await asyncio.gather(*(trail.appending.append(an_act(number)) for number in range(200)))

    assert (await trail.verify(HERE)).entries == 200


def _entry(trail: Trail, seq: int) -> AuditEntry:
    return next(entry for entry in trail.entries.kept if entry.seq == seq)


def _renumber(trail: Trail, places: dict[int, int]) -> None:
    trail.entries.kept = [
        msgspec.structs.replace(entry, seq=places.get(entry.seq, entry.seq))
        for entry in trail.entries.kept
    ]


def _remove(trail: Trail, *seqs: int) -> None:
    trail.entries.kept = [entry for entry in trail.entries.kept if entry.seq not in seqs]


def change_the_subject(trail: Trail) -> None:
    changed = msgspec.structs.replace(_entry(trail, 5), subject="resident_other")
    _remove(trail, 5)
    trail.entries.kept.append(changed)


def change_and_hash_without_the_key(trail: Trail) -> None:
    changed = msgspec.structs.replace(_entry(trail, 5), subject="resident_other", hash="0" * 64)
    _remove(trail, 5)
    trail.entries.kept.append(changed)


def remove_one(trail: Trail) -> None:
    _remove(trail, 5)


def remove_one_and_close_the_gap(trail: Trail) -> None:
    _remove(trail, 5)
    _renumber(trail, {seq: seq - 1 for seq in range(6, ENTRIES + 1)})


def remove_the_first(trail: Trail) -> None:
    _remove(trail, 1)


def insert_one_and_move_the_rest(trail: Trail) -> None:
    _renumber(trail, {seq: seq + 1 for seq in range(5, ENTRIES + 1)})
    forged = msgspec.structs.replace(_entry(trail, 4), seq=5, source_id="reveal_x", hash="1" * 64)
    trail.entries.kept.append(forged)


def insert_one_at_the_end(trail: Trail) -> None:
    last = _entry(trail, ENTRIES)
    forged = msgspec.structs.replace(
        last, seq=ENTRIES + 1, previous_hash=last.hash, source_id="reveal_x", hash="1" * 64
    )
    trail.entries.kept.append(forged)


def swap_two_neighbours(trail: Trail) -> None:
    _renumber(trail, {5: 6, 6: 5})


def swap_two_far_apart(trail: Trail) -> None:
    _renumber(trail, {2: 8, 8: 2})


def cut_off_the_last(trail: Trail) -> None:
    _remove(trail, ENTRIES)


def cut_off_three(trail: Trail) -> None:
    _remove(trail, ENTRIES, ENTRIES - 1, ENTRIES - 2)


def remove_all_entries(trail: Trail) -> None:
    trail.entries.kept = []


def remove_the_head(trail: Trail) -> None:
    trail.entries.heads.clear()


def put_an_earlier_head_back(trail: Trail) -> None:
    trail.entries.heads[HERE] = Head(4, _entry(trail, 4).hash)


def put_another_hash_into_the_head(trail: Trail) -> None:
    trail.entries.heads[HERE] = Head(ENTRIES, _entry(trail, 4).hash)


BREAKS: list[tuple[Breaking, Break]] = [
    (change_the_subject, Break(5, BreakKind.CHANGED)),
    (change_and_hash_without_the_key, Break(5, BreakKind.CHANGED)),
    (remove_one, Break(5, BreakKind.MISSING)),
    (remove_one_and_close_the_gap, Break(5, BreakKind.MISSING)),
    (remove_the_first, Break(1, BreakKind.MISSING)),
    (insert_one_and_move_the_rest, Break(5, BreakKind.INSERTED)),
    (insert_one_at_the_end, Break(ENTRIES + 1, BreakKind.INSERTED)),
    (swap_two_neighbours, Break(5, BreakKind.REORDERED)),
    (swap_two_far_apart, Break(2, BreakKind.REORDERED)),
    (cut_off_the_last, Break(ENTRIES, BreakKind.CUT_OFF)),
    (cut_off_three, Break(ENTRIES - 2, BreakKind.CUT_OFF)),
    (remove_all_entries, Break(1, BreakKind.CUT_OFF)),
    (remove_the_head, Break(ENTRIES, BreakKind.HEAD_ALTERED)),
    (put_an_earlier_head_back, Break(ENTRIES, BreakKind.HEAD_ALTERED)),
    (put_another_hash_into_the_head, Break(ENTRIES, BreakKind.HEAD_ALTERED)),
]


@pytest.mark.parametrize(("do", "found"), BREAKS, ids=lambda each: getattr(each, "__name__", ""))
async def test_what_was_done_to_the_chain_is_found(
    trail: Trail, do: Breaking, found: Break
) -> None:
    do(trail)

    assert (await trail.verify(HERE)).first_break == found


async def test_what_lacks_its_head_after_a_crash_is_no_break_and_is_set_right(trail: Trail) -> None:
    trail.entries.heads[HERE] = Head(ENTRIES - 1, _entry(trail, ENTRIES - 1).hash)
    assert (await trail.verify(HERE)).is_whole

    await trail.appending.append(an_act(ENTRIES))

    assert trail.entries.heads[HERE].count == ENTRIES


async def test_an_earlier_state_put_back_whole_is_found_by_a_head_noted_elsewhere(
    trail: Trail,
) -> None:
    noted = trail.entries.heads[HERE]
    _remove(trail, ENTRIES)
    trail.entries.heads[HERE] = Head(ENTRIES - 1, _entry(trail, ENTRIES - 1).hash)
    assert (await trail.verify(HERE)).is_whole

    verdict = await trail.verify(HERE, expected=noted)

    assert verdict.first_break == Break(ENTRIES, BreakKind.NOT_AS_EXPECTED)


async def test_a_head_noted_earlier_is_still_expected_of_a_longer_chain(trail: Trail) -> None:
    noted = trail.entries.heads[HERE]
    await trail.appending.append(an_act(ENTRIES + 1))

    assert (await trail.verify(HERE, expected=noted)).is_whole


@pytest.mark.parametrize(
    "do",
    [cut_off_the_last, insert_one_at_the_end, put_another_hash_into_the_head, remove_all_entries],
)
async def test_nothing_is_added_to_a_chain_whose_end_was_broken(trail: Trail, do: Breaking) -> None:
    do(trail)
    before = list(trail.entries.kept)

    with pytest.raises(AuditTrailBroken):
        await trail.appending.append(an_act(ENTRIES + 1))

    assert trail.entries.kept == before


@pytest.mark.parametrize(
    "words",
    [
        {"subject": "陈书记"},
        {"subject": "13812345678"},
        {"actor_account_id": "account 1"},
        {"purpose": "打电话问问"},
        {"source_id": "r-13812345678"},
    ],
)
def test_a_name_a_phone_or_a_sentence_cannot_be_written_down(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="ids and codes only"):
        msgspec.structs.replace(an_act(1), **words)


ids = st.from_regex(r"[a-z]{1,6}_[0-9a-z]{1,8}", fullmatch=True)


@given(first=ids, second=ids, subject=ids, source=ids)
def test_two_acts_that_differ_in_one_field_differ_in_their_hash(
    first: str, second: str, subject: str, source: str
) -> None:
    def entry(**fields: str) -> AuditEntry:
        act = msgspec.structs.replace(an_act(1), subject=subject, source_id=source)
        changed: AuditAct = msgspec.structs.replace(act, **fields)
        return following(changed, NO_ENTRIES, keyed_hash)

    for field in ("actor_account_id", "subject", "source_id", "community_id"):
        same = entry(**{field: first}).hash == entry(**{field: second}).hash
        assert same == (first == second)
    assert len({entry(action=action).hash for action in AuditAction}) == len(AuditAction)

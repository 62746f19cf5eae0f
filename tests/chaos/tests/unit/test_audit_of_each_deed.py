"""For each deed a write that is as told, and what it left taken away, doubled or made otherwise."""

from collections.abc import Callable
from typing import Any

import pytest
from chaos.audit import acknowledged
from chaos.audit.audit import audited
from chaos.audit.expected import ELSEWHERE, MADE, RULES, Expected
from chaos.audit.lines import Line
from chaos.found import RESIDENT_TAGS, Found, Index
from chaos.model import Deed, Model, Write

from . import healthy, others

Fault = Callable[[Found], None]


def there_once(model: Model, found: Found) -> Line:
    return acknowledged.is_there_once(model, found, Index(found))


def expectations() -> list[tuple[Deed, Write, Expected]]:
    model = healthy.model()
    return [
        (deed, write, each)
        for deed, rule in RULES.items()
        for write in model.done(deed)
        for each in rule(write)
    ]


def array_of(found: Found, each: Expected) -> list[Any]:
    """The list in which what is expected lies."""
    name, _, array = each.place.partition("/")
    if not array:
        return found.documents[name]
    (matched,) = Index(found).get(each.place, **each.fields)
    (document,) = [it for it in found.of(name) if it["_id"] == matched["in"]]
    inside: list[Any] = document[array]
    return inside


def position_of(found: Found, each: Expected) -> int:
    """Where in that list it lies."""
    (matched,) = Index(found).get(each.place, **each.fields)
    bare = {name: value for name, value in matched.items() if name != "in"}
    return array_of(found, each).index(bare)


def test_each_deed_has_a_rule_and_a_write() -> None:
    assert set(RULES) | ELSEWHERE == set(Deed)
    assert set(RULES) & ELSEWHERE == set()
    assert {write.deed for write in healthy.model().done()} == set(Deed)
    assert {deed for deed, _, _ in expectations()} == set(RULES)


_ALL = [pytest.param(w, each, id=f"{deed.value} {each.place}") for deed, w, each in expectations()]


@pytest.mark.parametrize(("write", "each"), _ALL)
def test_what_is_gone_is_missed(write: Write, each: Expected) -> None:
    found = healthy.found()
    array_of(found, each).pop(position_of(found, each))

    said = there_once(healthy.model(), found)

    assert any(violation.startswith(write.told) for violation in said.violations)


@pytest.mark.parametrize(("write", "each"), _ALL)
def test_what_is_there_twice_is_seen(write: Write, each: Expected) -> None:
    found = healthy.found()
    array_of(found, each).append(dict(array_of(found, each)[position_of(found, each)]))

    said = there_once(healthy.model(), found)

    assert any(violation.startswith(write.told) for violation in said.violations)


def photo_awaited(found: Found) -> None:
    found.of("issues.photos")[0]["state"] = "awaiting"


def other_tag(found: Found) -> None:
    found.of(RESIDENT_TAGS)[0]["tag"] = "标签2"


def other_value(found: Found) -> None:
    found.of("outreach.metric_snapshots")[0]["value"] += 1


def other_stock(found: Found) -> None:
    found.of("vouchers.campaigns")[1]["terms"]["stock"] = 1


def other_rating(found: Found) -> None:
    found.of("issues.issues")[1]["confirmation"]["rating"] = 1


def half_a_grant(found: Found) -> None:
    found.of("outreach.subscription_grants").pop()


@pytest.mark.parametrize(
    ("deed", "fault"),
    [
        (Deed.PHOTO, photo_awaited),
        (Deed.TAG, other_tag),
        (Deed.METRIC, other_value),
        (Deed.DRAFT, other_stock),
        (Deed.RATE_FOR, other_rating),
        (Deed.GRANT, half_a_grant),
    ],
)
def test_what_was_kept_otherwise_than_asked_is_seen(deed: Deed, fault: Fault) -> None:
    model, found = healthy.model(), healthy.found()
    fault(found)

    (violation,) = there_once(model, found).violations

    assert f" {deed.value} " in violation


def message_lost(found: Found) -> None:
    found.of("issues.intakes").pop()


def rule_lost(found: Found) -> None:
    found.of("issues.hazard_rule_sets")[0]["rules"].clear()


def follower_lost(found: Found) -> None:
    found.of("issues.followers").pop(0)


def follows_again(found: Found) -> None:
    found.of("issues.followers")[1]["following"] = True


def reversal_lost(found: Found) -> None:
    found.of("vouchers.vouchers")[0]["uses"][1]["reversed_at"] = None


FAULTS_ELSEWHERE: dict[Deed, Fault] = {
    Deed.MESSAGE: message_lost,
    Deed.RULE: rule_lost,
    Deed.FOLLOW: follower_lost,
    Deed.UNFOLLOW: follows_again,
    Deed.REVERSE: reversal_lost,
}
_LINES_ELSEWHERE = {
    Deed.MESSAGE: "every message that the callback took is there, once",
    Deed.RULE: "a hazard rule reads as it was last said",
    Deed.FOLLOW: "who follows an issue is what each said last",
    Deed.UNFOLLOW: "who follows an issue is what each said last",
    Deed.REVERSE: "a redemption is taken back where the office said so, and nowhere else",
}


@pytest.mark.parametrize("deed", sorted(ELSEWHERE))
def test_a_deed_with_a_line_of_its_own_is_missed_there(deed: Deed) -> None:
    found = healthy.found()
    FAULTS_ELSEWHERE[deed](found)

    broken = {line.rule for line in audited(healthy.model(), found) if not line.is_kept}

    assert _LINES_ELSEWHERE[deed] in broken


@pytest.mark.parametrize("deed", list(MADE))
def test_what_was_made_under_a_second_id_is_seen(deed: Deed) -> None:
    model, found = healthy.model(), healthy.found()
    found.of(MADE[deed].place).append({**found.of(MADE[deed].place)[-1], "_id": "made_twice"})

    (violation,) = acknowledged.nothing_made_twice(model, found, Index(found)).violations

    assert "made_twice" in violation


def test_what_was_founded_is_nobodys_answer() -> None:
    model, found = healthy.model(), healthy.found()
    found.founded.clear()

    said = acknowledged.nothing_made_twice(model, found, Index(found))

    assert len(said.violations) == sum(map(len, others.FOUNDED.values()))


def test_a_deed_that_no_rule_knows_fails_the_audit_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without = {deed: rule for deed, rule in RULES.items() if deed is not Deed.TEAM}
    monkeypatch.setattr(acknowledged, "RULES", without)

    (violation,) = there_once(healthy.model(), healthy.found()).violations

    assert Deed.TEAM.value in violation

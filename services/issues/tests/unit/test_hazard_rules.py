"""The default rules against what residents write, and what a secretary may make of them."""

import json
from pathlib import Path

import pytest
from issues.domain import errors
from issues.domain.default_hazard_rules import DEFAULT_HAZARD_RULES
from issues.domain.hazard_rule_set import MAX_RULES, HazardRuleSet, default_rule_set
from issues.domain.hazard_rules import HazardRule, HazardRuleDraft, first_match, hazard_rule

COMMENTS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "fixtures" / "comments.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]

# Not from the fixture: what the rules were not written from.
DANGERS = [
    ("楼下有股天然气味", "gas"),
    ("厨房燃气管漏气了 怎么办", "gas"),
    ("三单元着火了快来人", "fire"),
    ("电动车棚冒烟", "fire"),
    ("电线杆上的电线断了一根，耷拉到地上", "electricity"),
    ("路灯杆摸着麻，漏电", "electricity"),
    ("老人被关在电梯里半小时", "lift"),
    ("消防车道停满了私家车", "fire"),
    ("围墙裂了一条大缝", "structure"),
    ("外墙瓷砖老往下掉，砸到人咋办", "structure"),
    ("小区北门井盖丢了", "other"),
]
NO_DANGERS = [
    "煤气费在哪交",
    "消防演习什么时候搞",
    "电费又涨了",
    "停电通知能不能早点发",
    "电梯广告太吵",
    "墙上小广告没人清",
    "外墙保温什么时候做",
    "写得好，辛苦了",
]


def test_the_default_rules_find_every_hazard_of_the_fixture_and_nothing_else() -> None:
    found = {one["id"] for one in COMMENTS if first_match(DEFAULT_HAZARD_RULES, one["text"])}
    hazards = {one["id"] for one in COMMENTS if one["hazard"]}
    recall = len(found & hazards) / len(hazards)
    precision = len(found & hazards) / len(found)
    assert recall == 1, f"missed: {hazards - found}"
    assert precision == 1, f"false alarms: {found - hazards}"


@pytest.mark.parametrize("comment", [one for one in COMMENTS if one["hazard"]])
def test_the_rule_that_matches_knows_what_it_is_about(comment: dict[str, str]) -> None:
    rule = first_match(DEFAULT_HAZARD_RULES, comment["text"])
    assert rule is not None
    assert rule.category == comment["category"]


@pytest.mark.parametrize(("text", "category"), DANGERS)
def test_danger_in_other_words_is_found(text: str, category: str) -> None:
    rule = first_match(DEFAULT_HAZARD_RULES, text)
    assert rule is not None
    assert rule.category == category


@pytest.mark.parametrize("text", NO_DANGERS)
def test_everyday_talk_raises_no_alarm(text: str) -> None:
    assert first_match(DEFAULT_HAZARD_RULES, text) is None


def test_spaces_and_letter_case_do_not_hide_a_word() -> None:
    rule = HazardRule(id="rule_1", name="气体", words=("CO中毒",))
    assert rule.matches("怀疑 co 中 毒")


def test_place_words_narrow_a_rule() -> None:
    rule = HazardRule(id="rule_1", name="倒", words=("要倒",), place_words=("墙",))
    assert rule.matches("墙要倒")
    assert not rule.matches("垃圾要倒")


def test_every_default_rule_could_have_been_typed_by_a_secretary() -> None:
    for rule in DEFAULT_HAZARD_RULES:
        draft = HazardRuleDraft(
            name=rule.name,
            words=rule.words,
            place_words=rule.place_words,
            category=rule.category,
        )
        assert hazard_rule(rule.id, draft) == rule
    assert len({rule.id for rule in DEFAULT_HAZARD_RULES}) == len(DEFAULT_HAZARD_RULES)


def test_words_are_trimmed_and_repeated_ones_dropped() -> None:
    rule = hazard_rule("rule_1", HazardRuleDraft(name=" 气 ", words=(" 漏气", "漏气 ", "")))
    assert (rule.name, rule.words) == ("气", ("漏气",))


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (HazardRuleDraft(name="", words=("漏",)), errors.HazardRuleInvalid),
        (HazardRuleDraft(name="漏", words=(" ",)), errors.HazardRuleInvalid),
        (HazardRuleDraft(name="漏", words=("长" * 21,)), errors.HazardRuleInvalid),
        (
            HazardRuleDraft(name="漏", words=tuple(str(n) for n in range(51))),
            errors.HazardRuleInvalid,
        ),
        (HazardRuleDraft(name="漏", words=("漏",), category="weather"), errors.CategoryUnknown),
    ],
)
def test_a_rule_that_says_nothing_or_too_much_is_refused(
    draft: HazardRuleDraft, error: type[Exception]
) -> None:
    with pytest.raises(error):
        hazard_rule("rule_1", draft)


def a_set() -> HazardRuleSet:
    return default_rule_set("ruleset_1", "community_1")


def test_an_edited_rule_keeps_its_place() -> None:
    edited = HazardRule(id=DEFAULT_HAZARD_RULES[1].id, name="火", words=("火",))
    rules = a_set().edit(edited)[0].rules
    assert rules[1] == edited
    assert len(rules) == len(DEFAULT_HAZARD_RULES)


def test_a_new_rule_comes_last_and_only_once() -> None:
    rule = HazardRule(id="rule_new", name="蛇", words=("蛇",))
    once = a_set().add(rule)[0]
    assert once.rules[-1] == rule
    assert once.add(rule)[0] == once


def test_a_rule_that_is_not_there_is_neither_edited_nor_removed() -> None:
    with pytest.raises(errors.HazardRuleNotFound):
        a_set().edit(HazardRule(id="rule_x", name="蛇", words=("蛇",)))
    with pytest.raises(errors.HazardRuleNotFound):
        a_set().remove("rule_x")


def test_the_number_of_rules_is_bounded() -> None:
    rules = a_set()
    for number in range(MAX_RULES - len(DEFAULT_HAZARD_RULES)):
        rules, _ = rules.add(HazardRule(id=f"rule_{number}", name="蛇", words=("蛇",)))
    with pytest.raises(errors.TooManyHazardRules):
        rules.add(HazardRule(id="rule_last", name="蛇", words=("蛇",)))

"""Rules that spot danger in what residents write. They propose; a person decides."""

from collections.abc import Sequence

import msgspec

from issues.domain.categories import category_of
from issues.domain.errors import HazardRuleInvalid
from issues.domain.typed_text import typed_text

MAX_WORDS = 50
MAX_WORD_LENGTH = 20
MAX_NAME_LENGTH = 30


class HazardRule(msgspec.Struct, frozen=True, kw_only=True):
    """Matches a text that has one of `words` and, where given, one of `place_words`.

    `category` is what an issue made by this rule is about.
    """

    id: str
    name: str
    words: tuple[str, ...]
    place_words: tuple[str, ...] = ()
    category: str | None = None

    def matches(self, text: str) -> bool:
        """Say whether the text speaks of this danger; spaces and letter case do not count."""
        plain = _plain(text)
        return _has_one(plain, self.words) and (
            not self.place_words or _has_one(plain, self.place_words)
        )


class HazardRuleDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as a person typed it."""

    name: str
    words: tuple[str, ...]
    place_words: tuple[str, ...] = ()
    category: str | None = None


def hazard_rule(rule_id: str, draft: HazardRuleDraft) -> HazardRule:
    """Make a rule out of what a person typed.

    Raises: HazardRuleInvalid; CategoryUnknown.
    """
    rule = HazardRule(
        id=rule_id,
        name=typed_text(draft.name),
        words=_distinct(draft.words),
        place_words=_distinct(draft.place_words),
        category=draft.category,
    )
    if rule.category is not None:
        category_of(rule.category)
    if not rule.name or len(rule.name) > MAX_NAME_LENGTH or not rule.words:
        raise HazardRuleInvalid
    for group in (rule.words, rule.place_words):
        if len(group) > MAX_WORDS or any(len(word) > MAX_WORD_LENGTH for word in group):
            raise HazardRuleInvalid
    return rule


def first_match(rules: Sequence[HazardRule], text: str) -> HazardRule | None:
    """Return the first rule that matches, in the order of the set."""
    return next((rule for rule in rules if rule.matches(text)), None)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _has_one(plain_text: str, words: Sequence[str]) -> bool:
    return any(_plain(word) in plain_text for word in words)


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(trimmed for word in words if (trimmed := typed_text(word))))

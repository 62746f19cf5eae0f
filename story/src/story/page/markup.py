"""HTML from a tree of elements, made so that every text and every attribute is escaped."""

from html import escape

_VOID = frozenset({"meta", "br", "hr"})


class Markup(str):
    """HTML that is safe as it is."""

    __slots__ = ()


Child = str | Markup | None
"""A text, an element, or nothing."""


def element(name: str, attributes: dict[str, str] | None = None, /, *children: Child) -> Markup:
    """Make an element. A child that is no Markup is text."""
    given = "".join(f' {key}="{escape(value)}"' for key, value in (attributes or {}).items())
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{joined(*children)}</{name}>")


def joined(*children: Child, between: str = "") -> Markup:
    """Put children one after the other."""
    return Markup(between.join(_safe(child) for child in children if child is not None))


def verbatim(name: str, text: str) -> Markup:
    """Make a style or a script of a file of ours, which no data is part of.

    Raises: ValueError for a text that would end the element.
    """
    if "</" in text:
        raise ValueError(f"a {name} must not hold an end tag")
    return Markup(f"<{name}>\n{text}</{name}>")


def _safe(child: str) -> str:
    return child if isinstance(child, Markup) else escape(child)

"""Formulas of constants alone: =88.06+0, ="13800138000". Each has one value, computed or not."""

import ast
import re
from collections.abc import Callable
from decimal import Decimal

_LONGEST = 100
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_ARITHMETIC = re.compile(r"[0-9.+\-*/() ]+")
_BETWEEN: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: Decimal.__add__,
    ast.Sub: Decimal.__sub__,
    ast.Mult: Decimal.__mul__,
    ast.Div: Decimal.__truediv__,
}
_BEFORE: dict[type[ast.unaryop], Callable[[Decimal], Decimal]] = {
    ast.UAdd: Decimal.__pos__,
    ast.USub: Decimal.__neg__,
}


def constant_in(formula: str) -> float | str | None:
    """What a formula, without its "=", comes to; None unless it is a text or plain arithmetic."""
    written = formula.strip()
    if found := _TEXT.fullmatch(written):
        return found[1].replace('""', '"')
    if len(written) > _LONGEST or not _ARITHMETIC.fullmatch(written):
        return None
    try:
        value = _value(ast.parse(written, mode="eval").body, written)
    except (SyntaxError, ValueError, ArithmeticError):
        return None
    return float(value) if value.is_finite() else None


def _value(part: ast.expr, written: str) -> Decimal:
    """Raises: ValueError if it is anything but numbers, + - * / and brackets."""
    if isinstance(part, ast.BinOp) and type(part.op) in _BETWEEN:
        return _BETWEEN[type(part.op)](_value(part.left, written), _value(part.right, written))
    if isinstance(part, ast.UnaryOp) and type(part.op) in _BEFORE:
        return _BEFORE[type(part.op)](_value(part.operand, written))
    if isinstance(part, ast.Constant):
        return Decimal(written[part.col_offset : part.end_col_offset])
    raise ValueError

"""What is sealed by the service's own key is known to `rewrap-keys`, and cannot be forgotten."""

import ast
from importlib import import_module
from pathlib import Path

import residents
from chassis.rewrapping import SealedSecrets
from residents.bootstrap.rooms import PLANS

SOURCE = Path(residents.__file__).parent


def sealing_modules(source: Path) -> list[Path]:
    """Every module that calls `….seal(…)`."""
    return [path for path in sorted(source.rglob("*.py")) if _seals(path.read_text())]


def _seals(text: str) -> bool:
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "seal"
        for call in ast.walk(ast.parse(text))
    )


def test_every_module_that_seals_says_where_it_lies_and_a_plan_lists_it() -> None:
    planned = [id(sealed) for plan in PLANS for sealed in plan.sealed]
    found = sealing_modules(SOURCE)

    assert found
    for path in found:
        name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        declared = [
            it for it in vars(import_module(name)).values() if isinstance(it, SealedSecrets)
        ]
        assert declared, name
        assert all(id(it) in planned for it in declared), name


def test_a_module_that_seals_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "forgotten.py").write_text("def keep(box):\n    return box.seal('x', b'y')\n")
    (tmp_path / "harmless.py").write_text("seal = 1\n")

    assert [path.name for path in sealing_modules(tmp_path)] == ["forgotten.py"]

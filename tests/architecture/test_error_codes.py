"""What a service refuses by name: the code is a program's, the message a person's."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

SERVICES = ("residents", "issues", "vouchers", "outreach")
_UPPER_SNAKE = re.compile(r"[A-Z]+(_[A-Z0-9]+)*")
_SENTENCE = re.compile(r"[㐀-鿿].*[。！？]", re.DOTALL)
_HALF_WIDTH = re.compile(r"[㐀-鿿]\s*[,;:?!]|[,;:?!]\s*[㐀-鿿]")


def named_errors(service: str) -> Iterator[type[Exception]]:
    """Every error of a service's domain that carries a code of its own."""
    domain = importlib.import_module(f"{service}.domain")
    for found in pkgutil.walk_packages(domain.__path__, f"{service}.domain."):
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            if not isinstance(kind, type) or not issubclass(kind, Exception):
                continue
            if kind.__module__ == module.__name__ and isinstance(kind.__dict__.get("code"), str):
                yield kind


@pytest.mark.parametrize("service", SERVICES)
def test_a_code_stands_for_one_error_of_a_service(service: str) -> None:
    found = list(named_errors(service))
    codes = [vars(kind)["code"] for kind in found]

    assert found
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("service", SERVICES)
def test_an_error_has_a_code_for_programs_and_a_sentence_for_people(service: str) -> None:
    for kind in named_errors(service):
        code, message = vars(kind)["code"], getattr(kind, "message", None)
        assert _UPPER_SNAKE.fullmatch(code), kind
        if isinstance(message, str):
            assert _SENTENCE.fullmatch(message), kind
            assert not _HALF_WIDTH.search(message), kind

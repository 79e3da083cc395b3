"""Golden files: `pytest TESTS --update-golden` rewrites those of the tests named; read the diff before it is committed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compares a text with the golden file of that name, or writes it.

    `scrub` takes out of both sides what changes without a reason to look: versions, say. The file keeps the real text.
    """
    update = request.config.getoption("--update-golden")

    def check(name: str, text: str, scrub: Callable[[str], str] = str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{name} is missing: run pytest with --update-golden and read what it wrote"
        assert scrub(text) == scrub(path.read_text(encoding="utf-8"))

    return check

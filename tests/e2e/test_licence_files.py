"""Licence files of the target: read whatever their suffix, known by their text, and compared with the manifest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.command import vcdd

MIT = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software.\n"
OF_MODEL = "LTX-2 Community License Agreement\nLicense date: January 5, 2026\nTerms of use of the model weights.\n"


@pytest.mark.parametrize(
    ("declared", "files", "expected"),
    [
        ("Apache-2.0", {"LICENSE": MIT}, [("L120", "mit-license")]),
        ("MIT", {"LICENSE": MIT}, []),
        ("MIT", {"LICENSE.md": "Ask us."}, []),
        ("MIT", {"weights/LICENSE": OF_MODEL}, [("L121", "ltx-2")]),
        ("MIT", {"weights/README": OF_MODEL}, []),
    ],
)
def test_a_licence_file_is_known_by_its_text(
    declared: str, files: dict[str, str], expected: list[tuple[str, str]], home: Path, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    (target / "weights").mkdir(parents=True)
    (target / "pyproject.toml").write_text(f'[project]\nname = "x"\nlicense = "{declared}"\n')
    for name, text in files.items():
        (target / name).write_text(text)
    ran = vcdd("scan", str(target), "--offline", "-q", "--format", "json", home=home)
    found = [(f["rule"], f["fact"]) for f in json.loads(ran.out)["findings"] if f["rule"] in ("L120", "L121")]
    assert [rule for rule, _ in found] == [rule for rule, _ in expected]
    for (_, fact), (_, said) in zip(found, expected, strict=True):
        assert said in fact.lower().replace(" ", "-")

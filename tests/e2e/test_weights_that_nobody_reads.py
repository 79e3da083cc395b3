"""Weights in formats that no reader opens: told by name and size, never opened."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.command import vcdd


def test_pickled_weights_in_the_tree_are_found(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    (target / "weights").mkdir(parents=True)
    (target / "app.py").write_text('client.chat.completions.create(model="gpt-4o")\n')
    for name, size in {"own.pth": 2_000_000, "toy.pth": 900, "notes.bin": 2_000_000}.items():
        with (target / "weights" / name).open("wb") as file:
            file.truncate(size)
    ran = vcdd("scan", str(target), "--offline", "-q", "--format", "json", home=home)
    places = {
        place["path"]
        for finding in json.loads(ran.out)["findings"]
        if finding["rule"] == "A502"
        for place in finding["locations"]
    }
    assert places == {"weights/own.pth"}

"""The configuration of a container image in the words of a Dockerfile, which readers know."""

from __future__ import annotations

import json
import re
from typing import Any

_NOP = re.compile(r"^/bin/sh -c #\(nop\)\s+")
_RUN = re.compile(r"^(?:RUN )?(?:\|\d+ .*? )?/bin/sh -c ")
_FROM_CONFIG = ("ENV ", "CMD ", "ENTRYPOINT ", "WORKDIR ")
_LINES = 2000
_LINE = 4000


def to_dockerfile(config: dict[str, Any]) -> str:
    """One instruction a line: what the history tells of the build, then environment, entry point and command.

    `config` is the JSON that the Docker image specification calls the image configuration; any shape is survived.
    """
    lines = [line for row in _rows(config.get("history")) if (line := _instruction(row))]
    settings = config.get("config")
    settings = settings if isinstance(settings, dict) else {}
    for pair in _rows(settings.get("Env")):
        name, _, value = str(pair).partition("=")
        lines.append(f"ENV {name}={json.dumps(value)}")
    for key, word in (("WorkingDir", "WORKDIR"), ("Entrypoint", "ENTRYPOINT"), ("Cmd", "CMD")):
        if setting := settings.get(key):
            lines.append(f"{word} {setting if isinstance(setting, str) else json.dumps(setting)}")
    return "".join(f"{_one_line(line)}\n" for line in lines[-_LINES:])


def _instruction(row: Any) -> str:
    text = _one_line(str(row.get("created_by", ""))) if isinstance(row, dict) else ""
    text = _NOP.sub("", text) if _NOP.match(text) else _RUN.sub("RUN ", text)
    text = text.removesuffix("# buildkit").strip()
    return "" if text.startswith(_FROM_CONFIG) else text


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LINE]


def _rows(value: object) -> list[Any]:
    return value if isinstance(value, list) else []

"""JSON text that is valid, deterministic and inert: nothing invisible stands raw in it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from json.encoder import encode_basestring
from typing import Any

from vcdd.render.plain import INVISIBLE

# Newlines are ours: those inside strings are escaped before.
_RAW = re.compile(f"[{INVISIBLE}]")
_WORDS = {None: "null", True: "true", False: "false"}


def dump_json(document: Any) -> str:
    """Indented JSON in the order given: readable text as it is, the rest escaped, one final newline.

    The same text as `json.dumps(…, ensure_ascii=False, indent=1)`, which makes it piece by piece in a generator as deep
    as the document and takes three times as long.

    Raises:
        TypeError: something in the document has no form in JSON.
        ValueError: a number that is none.
    """
    text = _text(document, "\n")
    return _RAW.sub(_escape, text) + "\n"


def _text(value: Any, line: str) -> str:
    """One value; `line` is the line break with the indentation of where it stands."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        inner = line + " "
        return _joined("{}", (f"{encode_basestring(name)}: {_text(item, inner)}" for name, item in value.items()), line)
    if isinstance(value, list | tuple):
        inner = line + " "
        return _joined("[]", (_text(item, inner) for item in value), line)
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float) and math.isfinite(value):
        return float.__repr__(value)
    raise (ValueError if isinstance(value, float) else TypeError)(f"{value!r} has no form in JSON")


def _joined(brackets: str, items: Iterable[str], line: str) -> str:
    inside = f",{line} ".join(items)
    return f"{brackets[0]}{line} {inside}{line}{brackets[1]}" if inside else brackets


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return character if character == "\n" else json.dumps(character)[1:-1]

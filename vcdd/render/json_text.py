"""JSON text that is valid, deterministic and inert: nothing invisible stands raw in it."""

from __future__ import annotations

import json
import re
from typing import Any

from vcdd.render.plain import INVISIBLE

# Newlines are ours: json.dumps has already escaped those inside strings.
_RAW = re.compile(f"[{INVISIBLE}]")


def dump_json(document: Any) -> str:
    """Indented JSON in the order given: readable text as it is, the rest escaped, one final newline.

    Raises:
        TypeError: something in the document has no form in JSON.
        ValueError: a number that is none.
    """
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return _RAW.sub(_escape, text) + "\n"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return character if character == "\n" else json.dumps(character)[1:-1]

"""The ways in which a Hub can fail, each as the bytes it would send."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What the server does when a given id is asked for."""

    OK = "ok"
    GATED_METADATA = "gated"
    """The metadata itself is refused, as for a gated file."""
    MISSING = "missing"
    """401 with `X-Error-Code: RepoNotFound`, the Hub's answer to the anonymous."""
    MISSING_404 = "missing-404"
    DISABLED = "disabled"
    RENAMED = "renamed"
    """307 with a relative Location; where to stands in `HubServer.renames`."""
    ELSEWHERE = "elsewhere"
    """307 to another host; where to stands in `HubServer.renames`."""
    RATE_LIMITED = "rate-limited"
    RATE_LIMITED_ONCE = "rate-limited-once"
    SERVER_ERROR = "server-error"
    FORBIDDEN = "forbidden"
    SLOW = "slow"
    """Nothing comes until the server is closed or two seconds have passed."""
    DRIP = "drip"
    """A byte now and then, for two seconds."""
    CUT_OFF = "cut-off"
    """The document ends in the middle, with a length that says so."""
    SHORT = "short"
    """The connection closes before the promised length."""
    HTML = "html"
    LOOP = "loop"
    HUGE = "huge"
    GZIP = "gzip"
    LIST = "list"
    """A JSON list instead of a document."""
    DEEP = "deep"
    """JSON nested 100,000 deep."""
    ODD_TYPES = "odd-types"
    """A document in which every field has the wrong type."""
    CYCLE = "cycle"
    """A base that names this model as its own base."""
    HOSTILE = "hostile"
    """Markup, escape sequences and right-to-left marks in every text field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One HTTP answer."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


HOSTILE_TEXT = "[bold red]<script>alert(1)</script>\x1b[31m\u202egnp.exe\x00[/bold red]"


def reply_for(fault: Fault, model_id: str, document: dict[str, object]) -> Reply:
    """The answer to a question for `model_id` under `fault`, except for the faults of timing and redirection."""
    table = {
        Fault.GATED_METADATA: Reply(status=403, headers={"X-Error-Code": "GatedRepo"}),
        Fault.MISSING: Reply(status=401, headers={"X-Error-Code": "RepoNotFound"}),
        Fault.MISSING_404: Reply(status=404),
        Fault.DISABLED: Reply(status=403, headers={"X-Error-Message": "Access to this resource is disabled."}),
        Fault.RATE_LIMITED: Reply(status=429, headers=_limit(remaining=0, reset_s=299)),
        Fault.SERVER_ERROR: Reply(status=500, body=b"oops"),
        Fault.FORBIDDEN: Reply(status=403),
        Fault.CUT_OFF: Reply(body=json.dumps(document).encode()[: len(json.dumps(document)) // 2]),
        Fault.HTML: Reply(headers={"Content-Type": "text/html"}, body=b"<html><h1>Sign in to the airport Wi-Fi</h1>"),
        Fault.HUGE: Reply(body=b'{"id": "' + b"x" * 6_000_000 + b'"}'),
        Fault.GZIP: Reply(headers={"Content-Encoding": "gzip"}, body=b"\x1f\x8b not asked for"),
        Fault.LIST: Reply(body=b"[1, 2, 3]"),
        Fault.DEEP: Reply(body=b"[" * 100_000),
        Fault.ODD_TYPES: _json(odd_types(model_id)),
        Fault.CYCLE: _json(document | {"cardData": {"base_model": [f"{model_id}-twin", model_id]}, "tags": []}),
        Fault.HOSTILE: _json(hostile(model_id)),
    }
    return table.get(fault) or _json(document)


def odd_types(model_id: str) -> dict[str, object]:
    """A document that has an id and nothing else of the right type."""
    return {
        "id": model_id, "author": 5, "cardData": "none", "tags": {"a": 1}, "safetensors": [], "gguf": 7, "config": [[]],
        "siblings": "x", "downloads": "many", "gated": 3.5, "createdAt": 12, "lastModified": "yesterday",
        "baseModels": {"relation": [], "models": [None, 4, {"id": {}}]}, "disabled": "yes",
    }  # fmt: skip


def hostile(model_id: str) -> dict[str, object]:
    """A document whose every text field tries to escape."""
    return {
        "id": model_id, "author": HOSTILE_TEXT, "pipeline_tag": HOSTILE_TEXT, "library_name": HOSTILE_TEXT,
        "tags": [HOSTILE_TEXT, f"base_model:{HOSTILE_TEXT}"], "sha": HOSTILE_TEXT,
        "cardData": {"license": HOSTILE_TEXT, "license_link": "javascript:alert(1)", "base_model": [HOSTILE_TEXT]},
        "config": {"architectures": [HOSTILE_TEXT], "model_type": HOSTILE_TEXT},
        "siblings": [{"rfilename": HOSTILE_TEXT}],
    }  # fmt: skip


def limit_headers(remaining: int, reset_s: int) -> dict[str, str]:
    """The Hub's rate-limit headers."""
    return _limit(remaining=remaining, reset_s=reset_s)


def _limit(*, remaining: int, reset_s: int) -> dict[str, str]:
    return {
        "RateLimit": f'"api";r={remaining};t={reset_s}',
        "RateLimit-Policy": '"fixed window";"api";q=500;w=300',
    }


def _json(document: object) -> Reply:
    return Reply(body=json.dumps(document).encode())

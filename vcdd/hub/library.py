"""The five things we take from huggingface_hub, in one place: what a new major version would change is here.

Each import costs a quarter of a second, so it happens at the first use. The HTTP backend is never imported by name: it
is httpx in 1.x and httpx2 in 2.x.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcdd import __version__


def session() -> Any:
    """The library's shared HTTP client, with the user's proxies and certificates."""
    from huggingface_hub.utils import get_session  # type: ignore[attr-defined]  # noqa: PLC0415 -- slow import

    return get_session()


def headers(token: str | None) -> dict[str, str]:
    """User agent and, only when a token is given, authorisation. None sends none, not even a saved one."""
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # noqa: PLC0415 -- slow import

    built = build_hf_headers(token=token or False, library_name="vcdd", library_version=__version__)
    return dict(built)


def failures() -> tuple[type[Exception], type[Exception]]:
    """(raised when HF_HUB_OFFLINE is set, raised by the backend for anything that goes wrong on the way)."""
    from huggingface_hub.errors import HTTPError, OfflineModeIsEnabled  # type: ignore[attr-defined]  # noqa: PLC0415

    return OfflineModeIsEnabled, HTTPError


def rate_limit(received: Mapping[str, str]) -> tuple[int, int] | None:
    """(questions left, seconds until the window resets) by the `RateLimit` header; None where there is none."""
    from huggingface_hub import utils  # noqa: PLC0415 -- slow import

    found = utils.parse_ratelimit_headers(received)  # type: ignore[attr-defined]
    return (int(found.remaining), int(found.reset_in_seconds)) if found else None


def is_valid(model_id: str) -> bool:
    """Whether the library would accept the id."""
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415 -- slow import
    from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]  # noqa: PLC0415 -- slow import

    try:
        validate_repo_id(model_id)
    except HFValidationError:
        return False
    return True

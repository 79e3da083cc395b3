"""What a place says about the route, before anyone knows the model."""

from __future__ import annotations

from collections.abc import Mapping

from vcdd.core.reference import Hints
from vcdd.core.site import Frame
from vcdd.detect.judge.place import Place
from vcdd.detect.judge.recognise import Recognised

BASE_URL_NAMES = frozenset(
    {"base_url", "baseurl", "api_base", "apibase", "openai_api_base", "endpoint", "azure_endpoint", "endpoint_url", "server_url",
     "anthropic_api_url", "host", "url", "api_url", "base_uri", "api_endpoint"}
)  # fmt: skip
_KEY_NAMES = frozenset({"api_key", "apikey", "openai_api_key", "api_token", "token", "auth_token", "credentials"})
_PROVIDER_NAMES = frozenset({"provider", "model_provider", "llm_provider", "custom_llm_provider", "backend"})


def hints_of(place: Place, seen: Recognised | None, client: Frame | None = None, maker: str = "") -> Hints:
    """Hints from the loader row, the call's own siblings and the client object that the call belongs to.

    `maker` is the provider whose client that object is.
    """
    row = place.row
    labels = {**labelled(client), **labelled(place.call if row else None)}
    url = next((value for name, value in labels.items() if _folded(name) in BASE_URL_NAMES), "")
    key = next((value for name, value in labels.items() if _folded(name) in _KEY_NAMES), "")
    provider = next(
        (value for name, value in labels.items() if name in _PROVIDER_NAMES and not value.startswith("$")), ""
    )
    return Hints(
        provider=(seen.word.provider if seen else "")
        or provider
        or (row.provider if row else "")
        or maker
        or place.provider,
        base_url=_without_login(place.base_url) if not url else "" if url.startswith("$") else _without_login(url),
        base_url_symbol=url[1:] if url.startswith("$") else "",
        key_symbol=key.lstrip("$") if key.startswith("$") else "",
        library=row.library if row else "",
        revision=labels.get("revision", "").lstrip("$"),
        modality=row.modality if row else "",
    )


def neighbour(key: str) -> str:
    """`provider`, `type` or `base_url` where a key of this name says whom a model beside it is asked of; else empty."""
    if key.lower() in _PROVIDER_NAMES:
        return "provider"
    if key in ("type", "_type"):
        return "type"
    return "base_url" if _folded(key) in BASE_URL_NAMES else ""


def _without_login(url: str) -> str:
    """An address without the user name and password that may stand in it."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else url


def labelled(frame: Frame | None) -> Mapping[str, str]:
    """Named siblings of a call, name to value (`$name` for a name)."""
    if frame is None:
        return {}
    return dict(label.split("=", 1) for label in frame.labels if "=" in label)


def _folded(name: str) -> str:
    """Camel case and snake case of one name are one name."""
    lower = name.lower()
    return lower if lower in BASE_URL_NAMES or lower in _KEY_NAMES else lower.replace("_", "")

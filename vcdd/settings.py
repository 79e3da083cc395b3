"""Options of a scan and where each came from: default < file < environment < flag."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import field, fields
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomli

from vcdd.errors import ConfigError
from vcdd.values import dataclass


class Origin(StrEnum):
    """Where a value came from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a scan may be told. Relative paths are relative to the file that names them."""

    offline: bool = False
    """Ask nobody; cached and embedded facts answer."""
    deep: bool = False
    """Parse vendored trees, lock files and minified bundles too."""
    policy: str = ""
    """Name of a built-in policy or path of a policy file; empty takes `default` without a gate."""
    fail_on: str = ""
    """Severity at or above which the exit status is 1; empty for never."""
    strict: bool = False
    """Exit 3 when something could not be read or looked up."""
    registry: tuple[str, ...] = ()
    """Overlay files on top of the package's registry."""
    company: str = ""
    usage: str = ""
    prices: str = ""
    claims: str = ""
    baseline: str = ""
    suppressions: str = ""
    attestation: str = ""
    cache: bool = True
    """Keep results and Hub answers in the user's cache folder."""
    use_token: bool = False
    """Send HF_TOKEN to the Hub."""
    origins: Mapping[str, Origin] = field(default_factory=lambda: MappingProxyType({}))
    """Field name to where its value came from; fields at their default are absent."""


_PATHS = ("policy", "company", "usage", "prices", "claims", "baseline", "suppressions", "attestation")
_NAMES = tuple(f.name for f in fields(Settings) if f.name != "origins")
_PREFIX = "VCDD_"


def load_settings(config: Path | None, environ: Mapping[str, str], flags: Mapping[str, Any]) -> Settings:
    """Settings from an analyst's file, the environment (`VCDD_OFFLINE=1`) and flags; None among flags is silence.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or has an unknown key or a value of the wrong kind.
    """
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    layers = (
        (Origin.FILE, _from_file(config) if config else {}),
        (Origin.ENVIRONMENT, _from_environment(environ)),
        (Origin.FLAG, {name: value for name, value in flags.items() if value is not None}),
    )
    for origin, layer in layers:
        for name, value in layer.items():
            values[name] = value
            origins[name] = origin
    return Settings(**values, origins=MappingProxyType(origins))


def _from_file(path: Path) -> dict[str, Any]:
    try:
        document = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {path}: {error}", help="Check the path given with --config.") from error
    except tomli.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}", help="Mend the line named and run again.") from error
    table = document.get("scan", document)
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: `scan` is not a table", help="Write [scan] and the keys below it.")
    return {name: _checked(name, value, path) for name, value in table.items()}


def _checked(name: str, value: Any, path: Path) -> Any:
    if name not in _NAMES:
        near = difflib.get_close_matches(name, _NAMES, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else f"Known keys: {', '.join(_NAMES)}."
        raise ConfigError(f"{path}: unknown key `{name}`", help=hint)
    default = next(f.default for f in fields(Settings) if f.name == name)
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(str(path.parent / item) for item in value)
    elif isinstance(value, type(default)):
        beside = path.parent / value if name in _PATHS and isinstance(value, str) else None
        return str(beside) if beside is not None and beside.exists() else value
    raise ConfigError(f"{path}: `{name}` must be {_kind(default)}, not {value!r}", help="Mend the value and run again.")


def _kind(default: Any) -> str:
    if isinstance(default, bool):
        return "true or false"
    return "a list of strings" if isinstance(default, tuple) else "a string"


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for spec in fields(Settings):
        raw = environ.get(_PREFIX + spec.name.upper())
        if raw is None or spec.name == "origins":
            continue
        if isinstance(spec.default, bool):
            found[spec.name] = raw.strip().lower() in ("1", "true", "yes", "on")
        elif isinstance(spec.default, tuple):
            found[spec.name] = tuple(filter(None, raw.split(":")))
        else:
            found[spec.name] = raw
    return found

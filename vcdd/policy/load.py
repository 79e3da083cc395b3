"""Where policies come from: three inside the package, and the firm's own files."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path

from vcdd.errors import ConfigError
from vcdd.policy.read import base_name, read_policy
from vcdd.policy.schema import Policy
from vcdd.rules.tables import MAX_BYTES, parse_table
from vcdd.values import dataclass

BUILT_IN = ("default", "eu-consumer", "us-gov-facing")
MAX_DEPTH = 5
"""Longest chain of `extends`; deeper is a loop or a maze."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySummary:
    """One line of `policy list`."""

    name: str
    version: str
    summary: str
    owner: str
    extends: tuple[str, ...]
    rules: int


def list_policies() -> tuple[PolicySummary, ...]:
    """The built-in policies in order of name."""
    loaded = (load_policy(name) for name in BUILT_IN)
    return tuple(
        PolicySummary(
            name=policy.name,
            version=policy.version,
            summary=policy.summary,
            owner=policy.owner,
            extends=policy.extends,
            rules=len(policy.rules),
        )
        for policy in loaded
    )


def load_policy(name_or_path: str, today: date | None = None) -> Policy:
    """A built-in policy by name, or one from a file, with everything it extends.

    With `today`, an exception that has expired is an error: somebody has to renew or remove it.

    Raises:
        ConfigError: no such policy, not readable, not valid, extends itself, or holds an expired exception.
    """
    policy = _load(name_or_path, folder=Path(), seen=())
    if today is not None:
        _check_expiry(policy, name_or_path, today)
    return policy


def policy_text(name_or_path: str) -> tuple[str, str]:
    """The text of a policy and the name of its file, as `policy show` prints it."""
    return _text(name_or_path, Path())


def init_text(name: str) -> str:
    """A new policy file that extends a built-in one, with one rule, one exception and one case to change.

    Raises:
        ConfigError: no built-in policy has this name.
    """
    if name not in BUILT_IN:
        raise _unknown(name)
    template = (Path(__file__).parent / "data" / "init.template").read_text(encoding="utf-8")
    return template.replace("{{base}}", name)


def _load(name_or_path: str, folder: Path, seen: tuple[str, ...]) -> Policy:
    text, file = _text(name_or_path, folder)
    key = name_or_path if name_or_path in BUILT_IN else str(folder / name_or_path)
    if key in seen or len(seen) >= MAX_DEPTH:
        raise ConfigError(f"{file}: `extends` leads back to itself", help="Extend `default` or another policy.")
    base = base_name(text, file)
    here = folder if name_or_path in BUILT_IN else (folder / name_or_path).parent
    return read_policy(text, file, _load(base, here, (*seen, key)) if base else None)


def _text(name_or_path: str, folder: Path) -> tuple[str, str]:
    if name_or_path in BUILT_IN:
        resource = Path(__file__).parent / "data" / f"{name_or_path}.toml"
        return resource.read_text(encoding="utf-8"), f"{name_or_path}.toml"
    path = folder / name_or_path
    if not path.is_file():
        raise _unknown(name_or_path)
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
        return raw.decode("utf-8"), path.name
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: cannot be read as text", help="Give a TOML file in UTF-8.") from error


def _unknown(name: str) -> ConfigError:
    near = get_close_matches(name, BUILT_IN, n=1)
    hint = (
        f"Did you mean `{near[0]}`?" if near else f"Built in: {', '.join(BUILT_IN)}; or give the path of a TOML file."
    )
    return ConfigError(f"no policy named `{name}` and no such file", help=hint)


def _check_expiry(policy: Policy, name_or_path: str, today: date) -> None:
    """The first expired exception as an error at its line; inherited ones are found in the file that holds them."""
    expired = next((item for item in policy.exceptions if item.expires < today), None)
    if expired is None:
        return
    text, file = _text(name_or_path, Path())
    for table in parse_table(text, file).tables("exception"):
        if table.day("expires") == expired.expires:
            problem = f'exception for "{expired.rule}" on "{expired.subject}" expired on {expired.expires}'
            raise table.place.error("expires", problem, "Renew it with a new approval and date, or remove it.")
    raise ConfigError(
        f"{file}: an inherited exception for {expired.rule} expired on {expired.expires}",
        help="Renew or remove it in the policy that holds it.",
    )

"""One tree of errors. Each class knows its exit status; each message says what, where and what to do next."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """Every way in which the command may end."""

    DONE = 0
    """Done; findings do not fail an analyst's scan."""
    GATE = 1
    """`--fail-on` or a `deny` under an explicit `--policy` was reached."""
    USAGE = 2
    """Wrong flags, invalid configuration, policy or claims file."""
    INCOMPLETE = 3
    """Incomplete under `--strict` or a policy's coverage gate."""
    NOTHING = 4
    """Nothing readable in the target."""
    BUG = 70
    """Our own bug."""
    INTERRUPTED = 130


class VcddError(Exception):
    """Base of everything a user can meet. `help` is the next step, one sentence."""

    status = ExitStatus.BUG

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 -- the word users read
        super().__init__(message)
        self.message = message
        self.help = help


class UsageError(VcddError):
    """A flag, id or combination that makes no sense."""

    status = ExitStatus.USAGE


class ConfigError(UsageError):
    """A policy, registry overlay, usage, company, claims or manifest file that cannot be used."""


class TargetError(VcddError):
    """The target cannot be opened at all."""

    status = ExitStatus.NOTHING


class OutputError(VcddError):
    """The result could not be written; nothing half-written remains."""

    status = ExitStatus.USAGE


class RegistryError(VcddError):
    """The registry inside the package is broken: our own bug."""

    status = ExitStatus.BUG

"""From settings to the values a scan needs: files are opened here and nowhere later."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from vcdd.cli.lookup import hub_from, now_from
from vcdd.core.company import Company, Usage
from vcdd.core.report import Report
from vcdd.errors import ConfigError
from vcdd.memory import Memory
from vcdd.pipeline import Inputs
from vcdd.pricing.book import PriceBook, open_book
from vcdd.processes import processors
from vcdd.registry.load import cache_folder
from vcdd.registry.registry import Registry
from vcdd.settings import Settings


def read_text(path: str, what: str) -> str:
    """The text of a file that the user named. Raises ConfigError with the next step."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"cannot read {what} file {path}: {reason}", help="Check the path and that it is UTF-8 text."
        ) from error


def open_inputs(
    settings: Settings,
    *,
    prices: bool = True,
    progress: Callable[[int, int], None] | None = None,
    registry: Registry | None = None,
) -> Inputs:
    """Everything a scan needs beside its target; `registry` is one of these settings that is loaded already.

    Raises:
        ConfigError: a file named in the settings cannot be used.
    """
    from vcdd.policy.load import load_policy  # noqa: PLC0415 -- slow import
    from vcdd.registry.load import load_registry  # noqa: PLC0415

    now = now_from(os.environ)
    base = Inputs(
        registry=registry or load_registry([Path(path) for path in settings.registry]),
        hub=hub_from(settings, now, offline=settings.offline),
        shelf=hub_from(settings, now, offline=True),
        now=now,
        offline=settings.offline,
        policy=load_policy(settings.policy or "default", now.date()),
        policy_is_explicit=bool(settings.policy),
        company=_company(settings),
        usage=_usage(settings),
        book=_book(settings) if prices else None,
        claims=_claims(settings),
        workers=processors(),
    )
    if settings.cache:
        base = replace(base, memory=_memory(base, settings))
    if progress is not None:
        base = replace(base, progress=progress)
    return _with_set_aside(base, settings)


def _memory(inputs: Inputs, settings: Settings) -> Memory:
    """Where detections are kept, under a version that changes with the tool's own files, the registry and `--deep`."""
    import vcdd  # noqa: PLC0415 -- for the place of its files

    own = max(path.stat().st_mtime_ns for path in Path(vcdd.__file__).parent.glob("detect/**/*") if path.is_file())
    version = f"{vcdd.__version__}|{own}|{inputs.registry.version}|{settings.deep}"
    return Memory(folder=cache_folder() / "detected", version=version)


def _company(settings: Settings) -> Company | None:
    if not settings.company:
        return None
    from vcdd.policy.company import read_company  # noqa: PLC0415 -- slow import

    return read_company(read_text(settings.company, "company"), settings.company)


def _usage(settings: Settings) -> Usage:
    if not settings.usage:
        return Usage()
    from vcdd.pricing.usage import load_usage  # noqa: PLC0415 -- slow import

    return load_usage(Path(settings.usage))


def _book(settings: Settings) -> PriceBook:
    folder = cache_folder() / "prices"
    kept = folder if settings.cache else None
    if not settings.prices:
        return open_book(fetched=kept, tables=folder)
    from vcdd.pricing.contract import load_contract  # noqa: PLC0415 -- slow import

    return open_book(load_contract(Path(settings.prices)), fetched=kept, tables=folder)


def _with_set_aside(inputs: Inputs, settings: Settings) -> Inputs:
    """The inputs with what the analyst accepted earlier or set aside."""
    if settings.baseline:
        from vcdd.rules.baseline import read_baseline  # noqa: PLC0415 -- slow import

        known = read_baseline(read_text(settings.baseline, "baseline"), settings.baseline)
        inputs = replace(inputs, baseline=known)
    if settings.suppressions:
        from vcdd.rules.suppress import read_suppressions  # noqa: PLC0415 -- slow import

        wanted = read_suppressions(read_text(settings.suppressions, "suppressions"), settings.suppressions)
        inputs = replace(inputs, suppressions=wanted)
    return inputs


def _claims(settings: Settings) -> Callable[[Report], Report] | None:
    """A function that adds claims and attestations from the files named; None when none is."""
    if not (settings.claims or settings.attestation):
        return None
    from vcdd.rules.attest import read_bindings  # noqa: PLC0415 -- slow import
    from vcdd.rules.claims import check  # noqa: PLC0415
    from vcdd.rules.claims import read_text as read_claims  # noqa: PLC0415

    text = ""
    if settings.claims:
        try:
            text = read_claims(Path(settings.claims).read_bytes(), settings.claims)
        except OSError as error:
            raise ConfigError(
                f"cannot read claims file {settings.claims}: {error.strerror}", help="Check the path."
            ) from error
    bindings = read_text(settings.attestation, "attestation") if settings.attestation else ""

    def add(report: Report) -> Report:
        today = report.scanned_at.date()
        if text:
            report = replace(report, claims=check(text, Path(settings.claims).name, report))
        if bindings:
            report = replace(report, attestations=read_bindings(bindings, settings.attestation, report, today))
        return report

    return add

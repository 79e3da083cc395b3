"""What a worker does for one company. A function of the module, so that every kind of executor can send it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

from vcdd.core.company import Usage
from vcdd.core.report import Report
from vcdd.errors import VcddError
from vcdd.portfolio.digest import content_digest
from vcdd.portfolio.extract import to_result, unpack
from vcdd.portfolio.time_limit import OutOfTime, time_limit
from vcdd.portfolio.values import Job, JobResult, Previous, SourceResult, Status
from vcdd.registry.registry import Registry
from vcdd.settings import Settings
from vcdd.target.limits import Limits


def scan_company(job: Job) -> JobResult:
    """The result of one company. Never raises for what a source does: its failure is its own row."""
    began = time.monotonic()
    results: list[SourceResult] = []
    try:
        with time_limit(job.timeout_s), _dated(job.now):
            for place, previous in zip_longest(range(len(job.company.sources)), job.previous):
                results.append(_source(job, place, previous))  # one by one: what is done when time is over stays
    except OutOfTime:
        late = job.company.shown[len(results) :]
        results += [failed(spec, f"stopped: not done after {job.timeout_s:g} seconds") for spec in late]
    return JobResult(
        position=job.position, company=job.company, sources=tuple(results), elapsed_s=time.monotonic() - began
    )


def failed(spec: str, why: str) -> SourceResult:
    """The row of a source that could not be scanned."""
    return SourceResult(spec=spec, status=Status.FAILED, error=why)


def _source(job: Job, place: int, previous: Previous | None) -> SourceResult:
    spec, shown = job.company.sources[place], job.company.shown[place]
    try:
        return _scanned(job, spec, shown, previous)
    except VcddError as error:
        return failed(shown, error.message.replace(spec, shown))
    except Exception as error:  # noqa: BLE001 -- one company's failure, our own bugs included, is its own row
        return failed(shown, f"internal error: {type(error).__name__}: {error}"[:300].replace(spec, shown))


def _scanned(job: Job, spec: str, shown: str, previous: Previous | None) -> SourceResult:
    from vcdd.cli.scanning import report_of  # noqa: PLC0415 -- slow import
    from vcdd.render.json_v1 import to_json  # noqa: PLC0415 -- slow import: pydantic

    settings = _settings(job)
    digest = content_digest(spec, Limits(), deep=settings.deep)
    is_same = previous is not None and digest != "" and digest == previous.digest
    if previous is not None and is_same:
        report = _judged_again(job, previous, settings)
    else:
        report = report_of(spec, settings, quiet=True, stated=_stated(job), registry=_registry_of(job, settings))
    return to_result(report, to_json(report), spec=shown, digest=digest or report.target.commit, is_reused=is_same)


def _judged_again(job: Job, previous: Previous, settings: Settings) -> Report:
    """The earlier report under today's date, policy and volumes."""
    from vcdd.cli.costing import merge_usage  # noqa: PLC0415 -- slow import
    from vcdd.cli.inputs import open_inputs  # noqa: PLC0415
    from vcdd.pipeline import weigh  # noqa: PLC0415
    from vcdd.render.json_read import from_json  # noqa: PLC0415 -- slow import: pydantic

    inputs = open_inputs(settings, registry=_registry_of(job, settings))
    stated = _stated(job)
    if stated is not None:
        inputs = replace(inputs, usage=merge_usage(inputs.usage, stated))
    report = weigh(from_json(unpack(previous.report)), inputs)
    return replace(report, warnings=tuple(dict.fromkeys(report.warnings)))


def _registry_of(job: Job, settings: Settings) -> Registry:
    return _registry(tuple(settings.registry), job.registry_version)


@lru_cache(maxsize=1)
def _registry(overlays: tuple[str, ...], version: str) -> Registry:  # noqa: ARG001 -- a part of the key
    """Loaded once for the companies of a run; `version` sets the next run with other contents apart."""
    from vcdd.registry.load import load_registry  # noqa: PLC0415 -- slow import

    return load_registry([Path(path) for path in overlays])


def _settings(job: Job) -> Settings:
    """The run's settings with what the manifest says of this company over them."""
    own = {key: getattr(job.company, key) for key in ("policy", "usage", "company")}
    return Settings(**{**dict(job.options), **{key: value for key, value in own.items() if value}})


def _stated(job: Job) -> Usage | None:
    if not job.company.volumes:
        return None
    from vcdd.pricing.usage import parse_usage  # noqa: PLC0415 -- slow import

    return parse_usage(job.company.volumes, "portfolio manifest")


@contextmanager
def _dated(now: datetime) -> Iterator[None]:
    """The run's time for everything in this worker that asks the environment for it."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(now.timestamp()))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before

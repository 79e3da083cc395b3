"""One run of a portfolio: resumed or begun, each company written once, finished when none is missing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from vcdd import __version__
from vcdd.portfolio.crew import Crew
from vcdd.portfolio.manifest import Manifest
from vcdd.portfolio.run import Work, run_jobs
from vcdd.portfolio.store.store import OpenRun, RunSpec, Store
from vcdd.portfolio.values import Job, JobResult, Status
from vcdd.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a portfolio is to be scanned."""

    options: tuple[tuple[str, Any], ...]
    """Settings of every scan by name, defaults left out, sorted."""
    registry_version: str
    now: datetime
    """With zone. A resumed run keeps the time at which it was begun."""
    timeout_s: float = 600.0
    """For each company."""
    reuse: bool = True
    """Judge unchanged contents again instead of reading them again."""
    again: bool = False
    """Begin a new run even where one of the same key is unfinished."""
    retry: bool = False
    """Try the failed companies of the last run of this key again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a run did."""

    run: int
    resumed: int
    """Companies that were there already."""
    done: int
    failed: int
    """Companies of which at least one source failed or was not wholly read, among those done now."""
    failed_wholly: int
    """Companies of which every source failed, among those done now."""
    reused: int


def scan_portfolio(
    manifest: Manifest, plan: Plan, store: Store, crew: Crew, work: Work, tell: Callable[[JobResult, int], None]
) -> Tally:
    """Scan what is missing; `tell` hears of each company after it was written, and how many the run then has.

    Raises:
        TargetError: the workers are gone for good; what is written stays, and the same call resumes.
    """
    spec = run_spec(manifest, plan)
    if plan.retry and (last := store.last_run(spec.key)) is not None and store.forget_failed(last):
        store.reopen(last)
    run = store.begin(spec, plan.now, again=plan.again)
    done = failed = wholly = reused = 0
    for result in run_jobs(_jobs(manifest, plan, store, spec, run), work, crew):
        store.record(run.id, result)
        done += 1
        failed += result.status is not Status.DONE
        wholly += result.status is Status.FAILED
        reused += all(source.is_reused for source in result.sources)
        tell(result, len(run.done) + done)
    store.finish(run.id, plan.now)
    return Tally(run=run.id, resumed=len(run.done), done=done, failed=failed, failed_wholly=wholly, reused=reused)


def run_spec(manifest: Manifest, plan: Plan) -> RunSpec:
    """The identity of the run: the same companies, options, tool and registry are the same run."""
    parts = [
        manifest.name,
        [asdict(company) for company in manifest.companies],
        plan.options,
        __version__,
        plan.registry_version,
    ]
    return RunSpec(
        key=hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest(),
        portfolio=manifest.name,
        tool_version=__version__,
        registry_version=plan.registry_version,
        options=plan.options,
        companies=len(manifest.companies),
    )


def _jobs(manifest: Manifest, plan: Plan, store: Store, spec: RunSpec, run: OpenRun) -> Iterator[Job]:
    """Made one by one as hands get free, so that earlier reports are in memory only while they are needed.

    With the network on, only the same day's reports are judged again: the Hub may answer otherwise tomorrow.
    """
    since = "" if dict(plan.options).get("offline") else run.started.date().isoformat()
    for position, company in enumerate(manifest.companies):
        if position not in run.done:
            yield Job(
                position=position,
                company=company,
                options=plan.options,
                registry_version=plan.registry_version,
                now=run.started,
                previous=store.previous(spec, company.name, company.shown, since=since) if plan.reuse else (),
                timeout_s=plan.timeout_s,
            )

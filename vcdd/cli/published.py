"""`vcdd scan hf:ORG`: what a start-up publishes on the Hub, its declared and apparent bases, its licences."""

from __future__ import annotations

import os
from dataclasses import replace

from vcdd.core.hub import HubStatus
from vcdd.core.report import Report, TargetInfo
from vcdd.errors import TargetError, UsageError
from vcdd.pipeline import Inputs, scan_resolved
from vcdd.settings import Settings


def published_report(name: str, settings: Settings, inputs: Inputs) -> Report:
    """The report of an account (`ORG`) or of one repository (`ORG/NAME`).

    Raises:
        UsageError: the network is off.
        TargetError: nothing is public under this name, or the Hub cannot be reached.
    """
    from vcdd.hub.configs import with_shapes  # noqa: PLC0415
    from vcdd.hub.endpoint import ENDPOINT  # noqa: PLC0415 -- slow import: the network
    from vcdd.hub.listing import list_models  # noqa: PLC0415
    from vcdd.resolve.published import resolve_published  # noqa: PLC0415

    if settings.offline:
        raise UsageError("what an account publishes can only be asked of the Hub", help="Leave out --offline.")
    token = os.environ.get("HF_TOKEN") if settings.use_token else None
    endpoint = os.environ.get("HF_ENDPOINT") or ENDPOINT
    if "/" in name:
        records, warnings = tuple(inputs.hub.look_up([name]).values()), inputs.hub.warnings
    else:
        listing = list_models(name, now=inputs.now, token=token, endpoint=endpoint)
        records, warnings = listing.records, listing.warnings
    public = [record for record in records if record.status in (HubStatus.OK, HubStatus.GATED)]
    if not public:
        why = warnings[0] if warnings else "nothing is public under this name"
        raise TargetError(f"hf:{name}: {why}", help="Check the name on the Hub, or try again later.")
    resolution = resolve_published(
        with_shapes(public, token=token, endpoint=endpoint), registry=inputs.registry, hub=inputs.hub
    )
    report = scan_resolved(TargetInfo(name=f"hf:{name}", kind="hub"), resolution, (), inputs)
    return replace(report, warnings=(*warnings, *report.warnings))

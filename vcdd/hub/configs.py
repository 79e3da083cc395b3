"""The `config.json` or `adapter_config.json` of repositories, for the shapes that the Hub's documents leave out.

Asked only when somebody looks at what an organisation publishes (`hf:ORG`), never in an ordinary scan. These files come
from the Hub's resolver, whose rate limit is apart from that of the API.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import quote

from vcdd.core.hub import HubRecord, HubStatus
from vcdd.core.shape import WeightsShape
from vcdd.hub.client import is_valid_id
from vcdd.hub.documents import decode
from vcdd.hub.endpoint import ENDPOINT
from vcdd.hub.pace import Pace
from vcdd.hub.shapes import shape_of_config
from vcdd.hub.transport import Answer, get

_WORKERS = 8
_MOST = 200
_NAMES = ("config.json", "adapter_config.json")


def with_shapes(
    records: Sequence[HubRecord],
    *,
    endpoint: str = ENDPOINT,
    token: str | None = None,
    timeout_s: float = 10.0,
    fetch: Callable[..., Answer] = get,
) -> tuple[HubRecord, ...]:
    """The records in their order, those that list a configuration file with the shape it gives.

    At most 200 files are read. A file that cannot be had or understood leaves its record as it was; the first network
    failure ends the reading.
    """
    pace = Pace(budget_s=0.0)
    wanted = [(record.id, name) for record in records if (name := _file(record))][:_MOST]

    def read(item: tuple[str, str]) -> WeightsShape | None:
        if pace.stopped:
            return None
        url = f"{endpoint.rstrip('/')}/{quote(item[0], safe='/')}/resolve/main/{item[1]}"
        answer = fetch(url, token=token, timeout_s=timeout_s, pages="")
        if answer.trouble:
            pace.stop(HubStatus.UNREACHABLE)
        elif answer.status == 429:
            pace.stop(HubStatus.RATE_LIMITED)
        raw = decode(answer.body) if answer.status == 200 else None
        return shape_of_config(raw, path=f"{item[0]}/{item[1]}") if isinstance(raw, Mapping) else None

    with ThreadPoolExecutor(max_workers=_WORKERS, thread_name_prefix="vcdd-hub") as pool:
        found = dict(zip((name for name, _ in wanted), pool.map(read, wanted), strict=True))
    return tuple(_with_shape(record, found.get(record.id)) for record in records)


def _file(record: HubRecord) -> str:
    """The configuration file that the repository lists; empty where it lists none."""
    if record.status is not HubStatus.OK or not is_valid_id(record.id):
        return ""
    return next((name for name in _NAMES if name in record.files), "")


def _with_shape(record: HubRecord, shape: WeightsShape | None) -> HubRecord:
    return replace(record, shape=replace(shape, parameters=record.parameters)) if shape else record

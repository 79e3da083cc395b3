"""Configuration files of published repositories give the shapes that documents leave out."""

from __future__ import annotations

import json
from datetime import datetime

from tests.hub_server import Fault, HubServer
from tests.hub_server.server import DOCUMENTS
from vcdd.hub.configs import with_shapes
from vcdd.hub.listing import list_models

YI = json.loads((DOCUMENTS / "configs" / "dphn__dolphin-2.9.1-yi-1.5-34b.json").read_bytes())


def publish(server: HubServer, name: str, file: str, content: object) -> None:
    server.add(name, siblings=[{"rfilename": file}], safetensors={"total": 7})
    server.files[f"{name}/{file}"] = content


def test_shapes_come_with_the_listing(server: HubServer, now: datetime) -> None:
    publish(server, "startup/brain", "config.json", YI)
    publish(server, "startup/lora", "adapter_config.json", {"peft_type": "LORA", "base_model_name_or_path": "a/b"})
    publish(server, "startup/broken", "config.json", [1])
    server.add("startup/bare")
    records = with_shapes(list_models("startup", now=now, endpoint=server.url).records, endpoint=server.url)
    shapes = {record.id: record.shape for record in records}
    assert shapes["startup/brain"] is not None
    assert (shapes["startup/brain"].vocab_size, shapes["startup/brain"].layers) == (64000, 60)
    assert shapes["startup/brain"].parameters == 7
    assert shapes["startup/lora"] is not None
    assert (shapes["startup/lora"].kind, shapes["startup/lora"].declared_base) == ("adapter", "a/b")
    assert shapes["startup/broken"] is None
    assert shapes["startup/bare"] is None


def test_a_failing_resolver_leaves_records_as_they_were(server: HubServer, now: datetime) -> None:
    publish(server, "startup/brain", "config.json", YI)
    records = list_models("startup", now=now, endpoint=server.url).records
    server.everything = Fault.RATE_LIMITED
    assert with_shapes(records, endpoint=server.url) == records

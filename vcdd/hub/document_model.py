"""The Hub's model document as pydantic sees it: every field optional, every odd value read as absent.

Imported only when a document is there to be read (pydantic costs 60 ms). Field names and shapes are those of
`GET /api/models/<id>` with `expand` (Hub API documentation; 48 recorded documents in `tests/hub_server/documents`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from vcdd.hub.text import clean

_MOST_FILES = 500
_MOST_TAGS = 200
# Larger than any network that exists, small enough to stay a plain number in every format.
_LARGEST = 10**15


def _text(value: object) -> str:
    return clean(value)


def _count(value: object) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and isinstance(value, int) and 0 <= value < _LARGEST else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _mapping(value: object) -> dict[str, Any]:
    return {k: v for k, v in value.items() if isinstance(k, str)} if isinstance(value, Mapping) else {}


def _strings(value: object) -> list[str]:
    """A string, a list of strings, or anything else, as a list of clean non-empty strings."""
    items = value if isinstance(value, list) else [value]
    return [text for item in items[:_MOST_TAGS] if (text := clean(item))]


def _files(value: object) -> list[str]:
    items = value if isinstance(value, list) else []
    names = (item.get("rfilename") for item in items[:_MOST_FILES] if isinstance(item, Mapping))
    return [text for name in names if (text := clean(name))]


def _gate(value: object) -> str:
    """`auto`, `manual` or empty; a bare true is read as the stricter of the two."""
    return "manual" if value is True else value if isinstance(value, str) and value in {"auto", "manual"} else ""


Text = Annotated[str, BeforeValidator(_text)]
Count = Annotated[int | None, BeforeValidator(_count)]
Day = Annotated[date | None, BeforeValidator(_day)]
Strings = Annotated[list[str], BeforeValidator(_strings)]
Table = Annotated[dict[str, Any], BeforeValidator(_mapping)]


class Card(BaseModel):
    """The parsed front matter of the model card: uploader's words."""

    model_config = ConfigDict(extra="ignore")

    license: Strings = []
    license_name: Text = ""
    license_link: Text = ""
    base_model: Strings = []
    base_model_relation: Text = ""


class Document(BaseModel):
    """One model document. Nothing in it is required but some name, which the reader checks."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    id: Text = ""
    model_id: Text = Field(default="", alias="modelId")
    author: Text = ""
    sha: Text = ""
    pipeline_tag: Text = ""
    library_name: Text = ""
    tags: Strings = []
    downloads: Count = None
    created: Day = Field(default=None, alias="createdAt")
    modified: Day = Field(default=None, alias="lastModified")
    gated: Annotated[str, BeforeValidator(_gate)] = ""
    disabled: Annotated[bool, BeforeValidator(lambda value: value is True)] = False
    card: Annotated[Card, BeforeValidator(_mapping)] = Field(default_factory=Card, alias="cardData")
    base_models: Any = Field(default=None, alias="baseModels")
    config: Table = {}
    safetensors: Table = {}
    gguf: Table = {}
    files: Annotated[list[str], BeforeValidator(_files)] = Field(default=[], alias="siblings")

    @property
    def name(self) -> str:
        """The id the Hub answers under; empty when the document has none."""
        return self.id or self.model_id

"""A CycloneDX bill of materials in XML, as the document that its JSON form would be: only what names models is kept.

The parser is expat, driven by hand: a document type, and with it every entity of its own, ends the reading.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any
from xml.parsers import expat

from vcdd.values import dataclass

XML_BOM = re.compile(r"<(?:\w{1,20}:)?bom\s[^<>]{0,2000}http://cyclonedx\.org/schema/bom/")
"""The root element, by its namespace (CycloneDX specification, XML schema)."""
_DEPTH = 400
_PARTS = ("group", "name", "version", "purl", "id", "expression")
"""Elements whose text is kept, under their name in JSON."""
_HOLDERS = ("metadata", "component", "components", "licenses", "license", "bom")
"""Elements inside which such parts are looked for."""


@dataclass(slots=True)
class _Element:
    name: str
    kind: str = ""
    text: list[str] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)


def document_of(text: str) -> dict[str, Any]:
    """The document; empty for what is no well-formed XML, has a document type, or nests too deep. Raises nothing."""
    root = _Element("")
    stack = [root]
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEPTH:
            raise ValueError("nested too deep")
        stack.append(_Element(name.rpartition(" ")[2], kind=attributes.get("type", "")))

    def end(_: str) -> None:
        _close(stack.pop(), stack[-1])

    def data(piece: str) -> None:
        if stack[-1].name in _PARTS:
            stack[-1].text.append(piece)

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except (expat.ExpatError, ValueError):
        return {}
    document = root.parts.get("bom")
    return document if isinstance(document, dict) else {}


def _close(element: _Element, outer: _Element) -> None:
    """Hand a closed element on to the one around it, in the shape that JSON gives it."""
    if element.name in _PARTS:
        outer.parts[element.name] = "".join(element.text).strip()
    elif element.name == "components":
        outer.parts["components"] = element.parts.get("rows", [])
    elif element.name == "licenses":
        expression = element.parts.get("expression")
        outer.parts["licenses"] = [{"expression": expression}] if expression else element.parts.get("rows", [])
    elif element.name == "license":
        outer.parts.setdefault("rows", []).append({"license": element.parts})
    elif element.name == "component":
        row = {"type": element.kind, **element.parts}
        if outer.name == "components":
            outer.parts.setdefault("rows", []).append(row)
        else:
            outer.parts["component"] = row
    elif element.name in _HOLDERS:
        outer.parts[element.name] = element.parts

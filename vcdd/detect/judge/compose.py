"""Composed ids: placeholders in a string replaced by what their names stand for in the target."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

from vcdd.core.site import FrameKind, Site
from vcdd.detect.judge.link_index import LinkIndex

_HOLE = re.compile(r"\{([^{}]{1,120})\}")
_MAX_RESULTS = 6
_MAX_DEPTH = 2
"""What fills a hole may have holes of its own (`f"{model}.encoder.onnx"`), which are filled once more."""


def composed_sites(site: Site, index: LinkIndex, depth: int = _MAX_DEPTH) -> list[Site]:
    """The site itself, or one site per way of filling its holes when every hole can be filled."""
    if not site.composed or "{" not in site.text or not depth:
        return [site]
    names = list(dict.fromkeys(_HOLE.findall(site.text)))
    if _target(site) in names:
        return [site]  # `self.model = f"{self.model}:latest"` says nothing of what the model was before
    choices = [index.values_of(name, site) for name in names]
    if not names or not all(choices):
        return [site]
    filled = []
    for values in list(product(*choices))[:_MAX_RESULTS]:
        text = site.text
        for name, value in zip(names, values, strict=True):
            text = text.replace("{" + name + "}", value)
        filled.extend(composed_sites(replace(site, text=text), index, depth - 1))
    return filled[:_MAX_RESULTS]


def _target(site: Site) -> str:
    """The variable that the string is given to; empty where it is given to none."""
    frame = site.first(FrameKind.ASSIGN, FrameKind.CALL)
    return frame.name if frame is not None and frame.kind is FrameKind.ASSIGN else ""

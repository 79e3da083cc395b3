"""Frames written as one line, so that tables of expected places stay readable."""

from __future__ import annotations

from vcdd.core.site import Frame, ReadFile, Site


def spell(frame: Frame) -> str:
    """`call openai#openai 0/2` for a frame: kind, name, and position where it has one."""
    position = f"{frame.index}/{frame.size}" if frame.index >= 0 and frame.size else ""
    return " ".join(word for word in (frame.kind.value, frame.name, position) if word)


def place(site: Site) -> str:
    """All frames of a site, innermost first."""
    return " < ".join(spell(frame) for frame in site.frames)


def site_of(read: ReadFile, wanted: str) -> Site:
    """The only site whose text is `wanted`, or whose symbol is, where it is written `@name`."""
    found = [site for site in read.sites if (f"@{site.symbol}" if site.symbol else site.text) == wanted]
    assert len(found) == 1, [site.symbol or site.text for site in read.sites]
    return found[0]

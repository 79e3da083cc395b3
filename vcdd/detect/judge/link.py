"""Linking: from a string to the calls it reaches, through variables, parameters, fields and files.

Flow is what turns "a string in a table" into "bound". Everything is a breadth-first search over small facts, bounded in
depth and width; nothing of the target is imported.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from vcdd.core.site import Frame, FrameKind, Site
from vcdd.detect.judge.link_index import LinkIndex
from vcdd.detect.judge.link_keys import (
    Key,
    class_of,
    is_member,
    is_member_of,
    keys_within,
    others_of,
    own_frames,
    spread_frames,
    stored_in,
)
from vcdd.values import dataclass

MAX_STEPS = 6
"""Assignments, calls and imports between a string and its call; the corpus needs at most four."""
MAX_PLACES = 24
"""Places reached by one string; more means a helper that everything flows through.

Those that another member of its table reaches are counted apart: an enum's own methods name its members by the dozen.
"""

_PASS = frozenset({FrameKind.ITEM, FrameKind.FALLBACK, FrameKind.BRANCH, FrameKind.FORMAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One place that a string reaches by name."""

    site: Site
    """The name site that stands there; its frames are the place."""
    trail: tuple[str, ...]
    """`path:line name` of each step, in order."""
    selected: bool = False
    """The value was taken out of its table or enum by name."""
    other: bool = False
    """Another member of its table or enum was, or one that only the running program knows."""
    within: tuple[Frame, ...] = ()
    """The keys under which the value stands in the table that `site` names, innermost first."""

    def frames(self) -> Iterator[tuple[Frame, ...]]:
        """The places of the value: that of the name, and that of the entry where the name gives a table to a call."""
        yield own_frames(self.site)
        if spread := spread_frames(self.site, self.within):
            yield spread


def places_reached(site: Site, index: LinkIndex) -> Iterator[Reached]:
    """Places that the value at this site flows to, nearest first, without repeats."""
    queue: deque[Reached] = deque([Reached(site=site, trail=())])
    seen: set[Key] = set()
    count = {True: 0, False: 0}
    while queue:
        current = queue.popleft()
        for key in _goes_to(current, index):
            if key in seen:
                continue
            seen.add(key)
            for reader in index.readers.of(key):
                if reader is current.site or _is_compared(reader) or _are_apart(current.site, reader):
                    continue
                if _is_beside(site, key, reader, index):
                    continue
                reached = _step(current, key, reader)
                if count[reached.other] >= MAX_PLACES:
                    if reached.other:
                        continue
                    return
                count[reached.other] += 1
                yield reached
                if len(reached.trail) < MAX_STEPS:
                    queue.append(reached)


def _is_compared(reader: Site) -> bool:
    """Whether the name is only compared with something: an enum's own methods do so by the dozen, and nothing flows on."""
    around = next((frame for frame in own_frames(reader) if frame.kind is not FrameKind.ITEM), None)
    return around is not None and around.kind is FrameKind.COMPARE


def _are_apart(written: Site, read: Site) -> bool:
    """Whether two places of one function lie in different arms of a switch: what one stores the other never reads."""
    if written.path != read.path or not (arms := _arms(written)):
        return False
    others = _arms(read)
    return any(others.get(switch, arm) != arm for switch, arm in arms.items())


def _is_beside(start: Site, key: Key, reader: Site, index: LinkIndex) -> bool:
    """Whether a value that one class gives to its base is read in another class of that base, whose object it never is.

    In languages that write a class in one file, two classes of one name in two files are two classes.
    """
    giver, taker = class_of(start), class_of(reader)
    if key[0] != "attr" or not giver or not taker:
        return False
    if giver == taker:
        return key[1] == giver and start.path != reader.path and start.reader in _ONE_FILE
    above, below = index.ancestors(giver), index.ancestors(taker)
    return key[1] in above and key[1] in below and giver not in below and taker not in above


_ONE_FILE = frozenset(("python", "javascript"))


def _arms(site: Site) -> dict[tuple[str, int, Frame], int]:
    """The arm in which the site lies of each `switch` around it in its function."""
    function = site.first(FrameKind.FUNCTION)
    if function is None:
        return {}
    arms = (frame for frame in own_frames(site) if frame.kind is FrameKind.BRANCH and frame.size > 2 and frame.name)
    return {(arm.name, arm.size, function): arm.index for arm in arms}


def flows_on(site: Site, index: LinkIndex) -> bool:
    """Whether `places_reached` has any place for the value at this site."""
    start = Reached(site=site, trail=())
    return any(reader is not site for key in _goes_to(start, index) for reader in index.readers.of(key))


def _step(current: Reached, key: Key, reader: Site) -> Reached:
    is_first = not current.trail
    return Reached(
        site=reader,
        trail=(*current.trail, f"{reader.path}:{reader.line} {reader.symbol}"),
        selected=current.selected
        or (
            is_first
            and (is_member_of(key, stored_in(current.site)) or (key[0] == "attr" and current.site.has(FrameKind.ENUM)))
        ),
        within=keys_within(current.site) or (() if is_member(key) else current.within),
        other=current.other or key[0] == "others" or (is_first and "[*]" in reader.symbol),
    )


def _goes_to(current: Reached, index: LinkIndex) -> Iterator[Key]:
    """Variables that take the value at a site: by assignment, or as the parameter of a function of the target."""
    keys = stored_in(current.site)
    yield from keys
    yield from others_of(current.site, keys)
    for frames in current.frames():
        yield from _parameters(frames, current.site.path, index)


def _parameters(frames: tuple[Frame, ...], path: str, index: LinkIndex) -> Iterator[Key]:
    argument = ""
    for frame in frames:
        if frame.kind in (FrameKind.KEYWORD, FrameKind.KEY):
            argument = frame.name
        elif frame.kind is FrameKind.CALL:
            for called in _called(frame, frames):
                yield from index.parameter(called, argument, path)
            return
        elif frame.kind not in _PASS:
            return


def _called(frame: Frame, frames: tuple[Frame, ...]) -> Iterator[Frame]:
    """The call, or for `super().__init__(…)` one of each base class of the class around it."""
    if frame.name != "super().__init__":
        yield frame
        return
    owner = next((each for each in frames if each.kind is FrameKind.CLASS), None)
    yield from (replace(frame, name=base) for base in (owner.bases if owner is not None else ()))


def listed_among(site: Site, index: LinkIndex) -> int:
    """Members of the longest list in which the module's constant around this site stands by name.

    0 where it stands in none, or where something else takes it too: then it is no mere choice.
    """
    outer = site.frames[-1] if site.frames else None
    if outer is None or outer.kind is not FrameKind.ASSIGN:
        return 0
    sizes = [_members(reader) for reader in index.readers.of(("module", site.path, outer.name))]
    return max(sizes) if sizes and all(sizes) else 0


def _members(reader: Site) -> int:
    first = reader.frames[0] if reader.frames else None
    return first.size if first is not None and first.kind is FrameKind.ITEM else 0

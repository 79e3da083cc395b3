"""From a clone to its history: commits sampled evenly in time, then halved towards each change until it is found.

Only objects are read: no process, no work tree, no configuration of the clone. The line followed is that of first
parents, which is what the main branch was at each time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from vcdd.errors import TargetError
from vcdd.pipeline import Inputs
from vcdd.portfolio.history.stack import StackReader
from vcdd.portfolio.history.values import History, Point
from vcdd.target.entry import UnreadableError
from vcdd.target.names import to_shown
from vcdd.target.objects import Commit, Repository
from vcdd.target.tree import first_parents

_MOST_COMMITS = 100_000
"""On the line of first parents; older ones are left out, and the history says so."""
Told = Callable[[int], None]
"""Called with the number of commits read so far."""


def read_history(
    folder: str, ref: str, inputs: Inputs, *, samples: int = 32, extra: int = 64, tell: Told = lambda _: None
) -> History:
    """The history of a local clone up to `ref`.

    About `samples` commits are read evenly in time, and at most `extra` more to find those at which the stack changed.

    Raises:
        TargetError: no repository, no such ref, or nothing of it can be read.
    """
    name = to_shown(Path(folder).resolve().name)
    try:
        repository = Repository(folder, object_bytes=inputs.limits.object_bytes)
        line = list(first_parents(repository, repository.resolve(ref), _MOST_COMMITS))
    except UnreadableError as error:
        raise TargetError(
            f"cannot read {to_shown(ref)} of {name}: {error}", help="Name a local clone and a branch."
        ) from error
    try:
        line.reverse()
        return _history(repository, line, name, ref, inputs, samples=samples, extra=extra, tell=tell)
    finally:
        repository.close()


def _history(
    repository: Repository,
    line: Sequence[Commit],
    name: str,
    ref: str,
    inputs: Inputs,
    *,
    samples: int,
    extra: int,
    tell: Told,
) -> History:
    reader = StackReader(repository, inputs)
    walker = _Walker(line, reader, tell)
    for place in sample([commit.author_time for commit in line], samples):
        walker.read(place)
    walker.refine(extra)
    if not walker.points:
        raise TargetError(
            f"no commit of {name} could be read", help="Fetch the whole history: `git fetch --unshallow`."
        )
    return History(
        name=name,
        ref=to_shown(ref),
        points=tuple(point for _, point in sorted(walker.points.items())),
        commits=len(line),
        is_whole=bool(line) and not line[0].parents,
        blobs=reader.blobs,
        warnings=_warnings(line, reader, walker),
    )


def sample(times: Sequence[int], count: int) -> list[int]:
    """Places of at most `count` + 1 commits, ascending: the last, the first, and those evenly in time between them.

    Of each time that divides the span it is the newest commit up to then. Clocks of authors may run backwards; each
    commit counts as no earlier than those before it.
    """
    if not times:
        return []
    rising, latest = [], times[0]
    for time in times:
        latest = max(latest, time)
        rising.append(latest)
    first, last = rising[0], rising[-1]
    steps = max(1, count - 1)
    marks = (first + (last - first) * step / steps for step in range(steps + 1))
    places = {max(0, bisect_right(rising, mark) - 1) for mark in marks}
    return sorted({0, len(times) - 1} | places if count > 1 else {len(times) - 1})


class _Walker:
    """Commits read so far, by their place on the line."""

    def __init__(self, line: Sequence[Commit], reader: StackReader, tell: Told) -> None:
        self._line, self._reader, self._tell = line, reader, tell
        self.points: dict[int, Point] = {}
        self.unread = 0

    def read(self, place: int) -> Point | None:
        """The point of one commit; None where its tree cannot be read."""
        commit = self._line[place]
        if place in self.points:
            return self.points[place]
        try:
            bound = self._reader.bound_at(commit.tree)
        except UnreadableError:
            self.unread += 1
            return None
        self.points[place] = Point(commit=commit.id, time=commit.author_time, place=place, bound=bound)
        self._tell(len(self.points))
        return self.points[place]

    def refine(self, extra: int) -> None:
        """Halve the widest stretch across which the stack changed, until all changes are found or `extra` is used."""
        for _ in range(extra):
            stretch = self._widest()
            if stretch is None or self.read(sum(stretch) // 2) is None:
                return

    def _widest(self) -> tuple[int, int] | None:
        places = sorted(self.points)
        changed = [
            (before, after)
            for before, after in pairwise(places)
            if after - before > 1 and self.points[before].bound != self.points[after].bound
        ]
        return max(changed, key=lambda pair: pair[1] - pair[0], default=None)


def _warnings(line: Sequence[Commit], reader: StackReader, walker: _Walker) -> tuple[str, ...]:
    found = []
    if line and line[0].parents:
        why = (
            "the clone is shallow"
            if len(line) < _MOST_COMMITS
            else f"only the newest {_MOST_COMMITS:,} commits are followed"
        )
        found.append(f"The history does not reach the first commit ({why}): what came before is unknown.")
    if reader.missed:
        found.append(f"{reader.missed} files are not in the clone or too large: what they bound is unknown.")
    if walker.unread:
        found.append(f"{walker.unread} commits could not be read.")
    return tuple(found)

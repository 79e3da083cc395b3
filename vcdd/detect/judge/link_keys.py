"""Keys of the variables that a string may be stored in or read from, across languages and files.

A key is a plain tuple whose first part says what it is:
`("module", path, name)`, `("local", path, function, name)`, `("param", path, function, name)`, `("attr", class, name)`,
`("return", path, function)`, `("env", name)`, `("any-attr", name)`.
"""

from __future__ import annotations

from vcdd.core.site import Frame, FrameKind, Site
from vcdd.detect.judge.names import words_of

Key = tuple[str, ...]

_PASS = frozenset(
    {
        FrameKind.ITEM,
        FrameKind.FALLBACK,
        FrameKind.BRANCH,
        FrameKind.KEY,
        FrameKind.KEYWORD,
        FrameKind.FORMAT,
        FrameKind.TYPE,
    }
)
_WRAPPERS = frozenset(
    "str path getenv get getattr field charfield textfield option argument secretstr cast list tuple dict set env config add_argument "
    "addargument mappedcolumn column parameter join strip lower default query body form".replace("_", "").split()
)
"""Calls whose argument ends up in what they are assigned to."""


def function_of(site: Site) -> str:
    """Qualified name of the innermost function around a site, `Class.method`; empty at module level."""
    return qualified(site.frames, FrameKind.FUNCTION)


def class_of(site: Site) -> str:
    """Name of the innermost class around a site; empty outside classes."""
    frame = site.first(FrameKind.CLASS)
    return frame.name if frame else ""


def qualified(frames: tuple[Frame, ...], kind: FrameKind) -> str:
    """Names of the FUNCTION and CLASS frames from outside to inside, ending with the innermost of `kind`."""
    names: list[str] = []
    started = False
    for frame in frames:
        started = started or frame.kind is kind
        if started and frame.kind in (FrameKind.FUNCTION, FrameKind.CLASS):
            names.append(frame.name)
    return ".".join(reversed(names))


def stored_in(site: Site) -> tuple[Key, ...]:
    """Keys of the variables into which the value at this site goes; empty if it goes nowhere by name."""
    passed: list[str] = []
    for position, frame in enumerate(site.frames):
        if position == 0 and site.symbol.endswith("()") and frame.kind is FrameKind.CALL:
            continue
        if frame.kind in _PASS:
            if frame.kind is FrameKind.KEY and frame.name:
                passed.append(frame.name)
        elif frame.kind is FrameKind.CALL:
            if "".join(words_of(frame.name)) not in _WRAPPERS:
                return ()
        else:
            return _named(site, frame, position, passed)
    if passed and site.reader not in ("python", "javascript"):
        return (
            (("env", passed[0]), ("any-attr", passed[0].lower())) if _is_telling(passed[0]) else (("env", passed[0]),)
        )
    return ()


def _is_telling(key: str) -> bool:
    """Whether a configuration key is rare enough to be followed into code by its name alone (`name` and `id` are not)."""
    lower = key.lower()
    return any(word in lower for word in ("model", "llm", "embed", "checkpoint", "repo", "base_url", "endpoint"))


def _named(site: Site, frame: Frame, position: int, passed: list[str]) -> tuple[Key, ...]:
    if frame.kind in (FrameKind.FIELD, FrameKind.ENUM):
        return (("attr", class_of(site), frame.name), ("env", frame.name.upper()))
    if frame.kind is FrameKind.PARAMETER:
        return (("param", site.path, qualified(site.frames[position:], FrameKind.FUNCTION), frame.name),)
    if frame.kind is FrameKind.RETURN:
        return (("return", site.path, function_of(site)),)
    if frame.kind is FrameKind.ASSIGN and frame.name:
        return _assigned(site, frame.name)
    if frame.kind is FrameKind.INSTRUCTION and passed:
        return (("env", passed[0]),)
    return ()


def _assigned(site: Site, name: str) -> tuple[Key, ...]:
    root, _, rest = name.partition(".")
    if root in ("self", "this", "cls") and rest:
        return (("attr", class_of(site), rest.rpartition(".")[2]),)
    if rest:
        return (("any-attr", rest.rpartition(".")[2].lower()), ("module", site.path, name))
    function = function_of(site)
    return (("local", site.path, function, name),) if function else (("module", site.path, name),)

"""Keys of the variables that a string may be stored in or read from, across languages and files.

A key is a plain tuple whose first part says what it is:
`("module", path, name)`, `("local", path, function, name)`, `("param", path, function, name)`, `("attr", class, name)`,
`("return", path, function)`, `("env", name)`, `("option", name)`, `("any-attr", name)`.

An entry of a table is a variable of its own beside the table: `T = {"big": …}` stores under `T` and under `T.big`. Who reads
`T["big"]` takes that entry and merely could take the others: the key of the others has `"others"` in front.
"""

from __future__ import annotations

from functools import lru_cache

from vcdd.core.site import Frame, FrameKind, Site
from vcdd.detect.judge.names import flag_in, words_of

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
CODE = ("python", "javascript")
"""Readers of languages whose names are not those of the environment."""
SPREAD = ("**", "...")
"""Names of the argument or key whose value is a table that gives its entries (`f(**table)`, `{...table}`)."""
OPTIONS = frozenset(("args", "opts", "options", "flags", "arguments", "argv", "ns", "namespace", "parsed", "params"))
"""What programs call the object that holds their command line's options."""
_WRAPPERS = frozenset(
    "str path getenv get getattr field charfield textfield option argument secretstr cast list tuple dict set env config add_argument "
    "addargument mappedcolumn column parameter join strip lower default query body form string f ptr pointer stringptr strptr some".replace(
        "_", ""
    ).split()
)
"""Calls whose argument ends up in what they are assigned to."""
_FILLING = frozenset(("append", "extend", "push", "update"))
"""Methods that put their argument into the table or list they are called on."""


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


def own_frames(site: Site) -> tuple[Frame, ...]:
    """The frames around the value at a site. A call that stands as a name carries itself in front."""
    symbol, frames = site.symbol, site.frames
    if symbol and frames and frames[0].kind is FrameKind.CALL and symbol.endswith("()"):
        return frames[1:]
    return frames


def stored_in(site: Site) -> tuple[Key, ...]:
    """Keys of the variables into which the value at this site goes; empty if it goes nowhere by name."""
    passed: list[str] = []
    entries: list[str] = []
    frames = own_frames(site)
    for position, frame in enumerate(frames):
        if frame.kind in _PASS:
            if frame.kind is FrameKind.KEY and frame.name:
                passed.append(frame.name)
            if frame.kind is FrameKind.KEY or (frame.kind is FrameKind.ITEM and frame.size > 1):
                entries.append(frame.name or str(frame.index))
        elif frame.kind is FrameKind.CALL:
            if frame.labels and (flag := flag_in(frame)):
                is_default = _is_default(site, frame, frames[:position])
                return (("option", flag.replace("-", "_").lower()),) if is_default else ()
            if _fills(frame):
                found = _assigned(site, frame.name.rpartition(".")[0])
                return (*found, *_entries(found, entries))
            if not _is_wrapper(frame.name):
                return ()
        else:
            found = _named(site, frames[position:], passed)
            return (*found, *_entries(found, entries))
    if passed and site.reader not in CODE:
        return (
            (("env", passed[0]), ("any-attr", passed[0].lower())) if _is_telling(passed[0]) else (("env", passed[0]),)
        )
    return ()


@lru_cache(maxsize=65536)
def _is_wrapper(callee: str) -> bool:
    return "".join(words_of(callee)) in _WRAPPERS


def _fills(frame: Frame) -> bool:
    return frame.kind is FrameKind.CALL and frame.name.rpartition(".")[2] in _FILLING


def keys_within(site: Site) -> tuple[Frame, ...]:
    """The keys under which the value at this site stands in the table that is stored, innermost first; empty outside tables."""
    found: list[Frame] = []
    for frame in own_frames(site):
        if frame.kind in (FrameKind.KEY, FrameKind.KEYWORD) and frame.name not in SPREAD:
            found.append(Frame(FrameKind.KEY, frame.name))
        elif frame.kind in (FrameKind.ASSIGN, FrameKind.FIELD, FrameKind.RETURN) or _fills(frame):
            return tuple(found)
        elif frame.kind not in _PASS and not (frame.kind is FrameKind.CALL and frame.name == "dict"):
            break
    return ()


def spread_frames(site: Site, keys: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames around an entry of the table that is handed to a call here, whole or by its entries; empty elsewhere."""
    frames = own_frames(site)
    if not keys or not frames:
        return ()
    if frames[0].kind in (FrameKind.KEYWORD, FrameKind.KEY) and frames[0].name in SPREAD:
        return (*keys, *frames[1:])
    return (*keys, *frames) if frames[0].kind is FrameKind.CALL and frames[0].index >= 0 else ()


def _is_default(site: Site, option: Frame, inside: tuple[Frame, ...]) -> bool:
    """Whether a value inside a call that declares an option is what the option takes by default."""
    named = next((frame.name for frame in inside if frame.kind in (FrameKind.KEYWORD, FrameKind.KEY)), "")
    return named == "default" if named or option.index < 0 else option.index > 1 and " " not in site.text


def others_of(site: Site, keys: tuple[Key, ...]) -> tuple[Key, ...]:
    """Where a member of a table or enum goes when somebody reads another member; `keys` are those of the site."""
    found: list[Key] = []
    for key in keys:
        table, dot, _ = key[-1].partition(".")
        if dot and (*key[:-1], table) in keys:
            found.append(("others", *key[:-1], table))
        elif key[0] == "attr" and site.has(FrameKind.ENUM):
            found.append(("others", *key[:-1]))
    return tuple(found)


def others_beside(key: Key, site: Site) -> tuple[Key, ...]:
    """The key of the other members, where a name reads one member: by a subscript, or of a class that may be an enum."""
    if is_member(key) and "[" in site.symbol:
        return (("others", *key[:-1], key[-1].partition(".")[0]),)
    return (("others", *key[:-1]),) if key[0] == "attr" else ()


def is_member(key: Key) -> bool:
    """Whether a key may be that of one entry of a table."""
    return "." in key[-1] and key[0] in ("module", "local", "attr")


def is_member_of(key: Key, stored: tuple[Key, ...]) -> bool:
    """Whether `key` is that of an entry whose table stands among the keys under which a value is stored."""
    return is_member(key) and (*key[:-1], key[-1].partition(".")[0]) in stored


def _entries(found: tuple[Key, ...], entries: list[str]) -> tuple[Key, ...]:
    """The keys of one entry of the tables that are stored under `found`."""
    if not entries:
        return ()
    entry = ".".join(reversed(entries))
    return tuple((*key[:-1], f"{key[-1]}.{entry}") for key in found if key[0] in ("module", "local", "attr"))


def _is_telling(key: str) -> bool:
    """Whether a configuration key is rare enough to be followed into code by its name alone (`name` and `id` are not)."""
    lower = key.lower()
    return any(word in lower for word in ("model", "llm", "embed", "checkpoint", "repo", "base_url", "endpoint"))


def _named(site: Site, frames: tuple[Frame, ...], passed: list[str]) -> tuple[Key, ...]:
    frame = frames[0]
    if frame.kind in (FrameKind.FIELD, FrameKind.ENUM):
        return (("attr", class_of(site), frame.name), ("env", frame.name.upper()))
    if frame.kind is FrameKind.PARAMETER:
        return (("param", site.path, qualified(frames, FrameKind.FUNCTION), frame.name),)
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
        last = rest.rpartition(".")[2]
        return tuple(("attr", class_of(site), attribute) for attribute in dict.fromkeys((last, rest)))
    if rest:
        return (("any-attr", rest.rpartition(".")[2].lower()), ("module", site.path, name))
    function = function_of(site)
    here: Key = ("local", site.path, function, name) if function else ("module", site.path, name)
    return (here, ("env", name)) if site.reader == "shell" else (here,)

"""What names a string: the innermost name that could say what it is, and the names and functions around it."""

from __future__ import annotations

from vcdd.core.site import Frame, FrameKind, Site
from vcdd.detect.judge.names import flag_in, words_of

NAMING = (
    FrameKind.KEYWORD, FrameKind.PARAMETER, FrameKind.ASSIGN, FrameKind.FIELD, FrameKind.ENUM, FrameKind.KEY, FrameKind.FLAG,
    FrameKind.HEADER,
)  # fmt: skip
"""Frames that give a name to what stands in them."""
_VALUE_WORDS = frozenset(
    {"default", "default_factory", "value", "const", "initial", "default_value", "choices", "options", "enum"}
)
"""Arguments that carry a value for what the call itself is about: the option's or field's name decides."""
_WRAPPERS = frozenset(
    [
        "str",
        "path",
        "env",
        "getenv",
        "get",
        "getattr",
        "pop",
        "setdefault",
        "secretstr",
        "cast",
        "tuple",
        "list",
        "set",
        "frozenset",
        "sorted",
        "dict",
        "cachedpath",
        "config",
        "lower",
        "strip",
        "field",
        "literal",
        "enum",
        "optional",
        "option",
        "argument",
        "default",
        "query",
        "body",
        "form",
        "column",
        "mappedcolumn",
        "charfield",
        "textfield",
        "string",
        "f",
        "ptr",
        "pointer",
        "stringptr",
        "some",
    ]
)
"""Calls that pass their argument on, declare it as a default, or only look it up: the name beyond them decides too."""


def name_of(site: Site) -> tuple[Frame | None, str]:
    """The frame that names the string, and the name: an option's flag or a field where the argument says `default`."""
    frames = site.frames
    if frames and frames[0].kind is FrameKind.INSTRUCTION and frames[0].name == "FROM" and site.reader == "dockerfile":
        return frames[0], "image"
    for position, frame in enumerate(frames):
        if frame.kind in (FrameKind.FUNCTION, FrameKind.CLASS):
            break
        if frame.kind is FrameKind.CALL and frame.index > 0 and (flag := flag_in(frame)):
            return frame, flag
        if frame.kind is FrameKind.CALL and frame.index == 1 and (key := _key_in(frame)):
            return frame, key
        if frame.kind is FrameKind.CALL and not passes(frame):
            break
        if frame.kind not in NAMING or not frame.name:
            continue
        if frame.kind is FrameKind.KEY and " " in frame.name.strip():
            break  # a text and its translation
        if frame.name.lower() in _VALUE_WORDS:
            return _declared(frames, position)
        return frame, frame.name
    return None, ""


def _key_in(call: Frame) -> str:
    """The key under which a call stores its second argument (`form.append("model", x)`, `config.set("model", x)`)."""
    first = call.labels[0] if call.labels else ""
    is_stored = words_of(call.name)[:1] in (("append",), ("set",), ("put",))
    return first if is_stored and first and not {"=", " "}.intersection(first) else ""


def passes(frame: Frame) -> bool:
    """Whether a call passes its argument on, so that a name beyond it decides too."""
    return "".join(words_of(frame.name)) in _WRAPPERS


def _declared(frames: tuple[Frame, ...], position: int) -> tuple[Frame | None, str]:
    """What a `default=` is the default of: the outer field, key or assignment, else the call's first flag."""
    for frame in frames[position + 1 :]:
        if frame.kind is FrameKind.CALL:
            if flag := flag_in(frame):
                return frames[position], flag
            positional = next((label for label in frame.labels if "=" not in label and " " not in label), "")
            outer = next((f for f in frames[position + 1 :] if f.kind in NAMING), None)
            return (outer, outer.name) if outer else (frames[position], positional)
        if frame.kind in (FrameKind.FIELD, FrameKind.ASSIGN, FrameKind.KEY, FrameKind.PARAMETER, FrameKind.ENUM):
            return frame, frame.name
    return frames[position], ""


def outer_name(frames: tuple[Frame, ...], named: Frame | None) -> str:
    """The name beyond `named`."""
    seen = named is None
    for frame in frames:
        if frame is named:
            seen = True
        elif seen and frame.kind in NAMING and frame.name:
            return frame.name
    return ""


def taker_of(frames: tuple[Frame, ...], named: Frame | None) -> str:
    """The function, or the class for its constructor, whose parameter the string is the default of; empty for others."""
    if named is None or named.kind is not FrameKind.PARAMETER:
        return ""
    function = function_around(frames)
    if function in ("__init__", "constructor"):
        return next((frame.name for frame in frames if frame.kind is FrameKind.CLASS), "")
    return function


def function_around(frames: tuple[Frame, ...]) -> str:
    """The innermost function around a string; empty outside of any."""
    return next((frame.name for frame in frames if frame.kind is FrameKind.FUNCTION), "")

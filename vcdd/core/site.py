"""A site: a string in the target together with the place where it stands.

A place is the path of syntax around the string, innermost first, as `Frame`s. Every language uses the same frames, so
the judge knows no language and a reader knows no model. `OpenAI(model=os.getenv("M", "gpt-4o"))` in Python and
`new OpenAI({model: process.env.M ?? "gpt-4o"})` in TypeScript give nearly the same frames.
"""

from __future__ import annotations

from enum import StrEnum

from vcdd.core.reference import Observation
from vcdd.core.shape import WeightsShape
from vcdd.values import dataclass


class FrameKind(StrEnum):
    """One layer of syntax around a string."""

    CALL = "call"
    """Inside the arguments of a call; `name` is the callee, `index` the position or -1 for a keyword argument."""
    KEYWORD = "keyword"
    """The value of a keyword argument `name`; the frame around it is the CALL."""
    PARAMETER = "parameter"
    """The default of the parameter `name`; the frame around it is the FUNCTION."""
    ASSIGN = "assign"
    """The value given to the variable or attribute `name` (`self.model`, `DEFAULT_MODEL`)."""
    FIELD = "field"
    """The default of the class field `name`; the frame around it is the CLASS."""
    ENUM = "enum"
    """The value of the enum member `name`."""
    TYPE = "type"
    """A member of a literal type (`Literal[…]`, a TypeScript union); `index` of `size`."""
    KEY = "key"
    """The value under the key `name` of a mapping, in code or in a configuration file."""
    KEY_ITSELF = "key-itself"
    """The string is itself a key of a mapping of `size` entries."""
    ITEM = "item"
    """Element `index` of a list, tuple or set of `size` elements."""
    FALLBACK = "fallback"
    """The alternative when something is not set (`or`, `??`, `getenv(x, …)`); `name` is what was asked first."""
    BRANCH = "branch"
    """One arm of a conditional expression, match or switch; `name` is what is tested, `__main__` for the statements that
    a Python module runs only when it is started as a program."""
    COMPARE = "compare"
    """An operand of a comparison, membership test or `startswith`; `name` is the other side where it is a name, and
    `labels` is `("==",)` for whole-value comparisons (also `case`), else the operand is looked for as a part."""
    SUBSCRIPT = "subscript"
    """The index of a subscript; `name` is what is indexed."""
    RETURN = "return"
    """A returned value."""
    FORMAT = "format"
    """A part of an f-string, template or concatenation that could not be composed."""
    FUNCTION = "function"
    """Inside the body or the parameters of the function `name`."""
    CLASS = "class"
    """Inside the class `name`; `bases` are its base classes as written."""
    COMMAND = "command"
    """A word of a shell command; `name` is the program with its subcommand (`vllm serve`, `ollama pull`)."""
    FLAG = "flag"
    """The value of the command-line flag `name` (`--model`); the frame around it is the COMMAND."""
    INSTRUCTION = "instruction"
    """A Dockerfile or Modelfile instruction `name` (`ENV`, `FROM`)."""
    HEADER = "header"
    """A field `name` of a binary weight header."""
    COMMENT = "comment"
    DOCSTRING = "docstring"
    PROSE = "prose"
    """Running text of a document, help text or message."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One layer of syntax. Frames are compared by value and shared freely."""

    kind: FrameKind
    name: str = ""
    """Callee, parameter, key, variable, class or function name as written, import aliases expanded; empty if none."""
    index: int = -1
    """Position among siblings from 0; -1 where it has no meaning."""
    size: int = 0
    """Number of siblings including this one; 0 where it has no meaning."""
    bases: tuple[str, ...] = ()
    """For CLASS: base classes and decorators as written, import aliases expanded. For FUNCTION: the classes its parameters are
    annotated with, in the order of `labels` and empty where there is none; no classes at all where nothing is annotated."""
    labels: tuple[str, ...] = ()
    """For CALL: its literal siblings, positional ones as written, named ones as `key=value`, a name as `key=$name`; at
    most 12 of at most 120 characters each. They tell an option's flag, a base URL or a provider beside a model.
    For FUNCTION: its parameter names in order. For COMPARE: see there."""
    line: int = 0
    """Line where the construct starts, from 1; 0 where it has no meaning. Two strings of one table share it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A string, or a name that leads to one, and where it stands."""

    path: str
    line: int
    """Line of the string itself, from 1; 0 in a binary file."""
    column: int
    """Column of its first character (the quote), from 1 in code points."""
    text: str
    """The string value. Unknown parts of a composed string stand as `{name}`; empty when only `symbol` is known."""
    symbol: str = ""
    """For a name that stands where a string could: the dotted name as written, import aliases expanded; `$NAME` for an
    environment variable. A call is written `callee()` and carries its own CALL frame, labels included, in front."""
    frames: tuple[Frame, ...] = ()
    """Innermost first."""
    reader: str = ""
    """Which reader saw it: `python`, `javascript`, `yaml`, …"""
    composed: bool = False
    """True when `text` was put together from several literals."""

    def first(self, *kinds: FrameKind) -> Frame | None:
        """The innermost frame of one of these kinds, or None."""
        return next((frame for frame in self.frames if frame.kind in kinds), None)

    def has(self, *kinds: FrameKind) -> bool:
        """Whether any frame is of one of these kinds."""
        return any(frame.kind in kinds for frame in self.frames)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A name made available by an import, for linking across files."""

    path: str
    line: int
    name: str
    """The local name."""
    source: str
    """Dotted target (`pkg.mod.NAME`, `.config.NAME`) or module specifier plus member (`./config#NAME`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """Everything one reader saw in one file, in order of appearance."""

    path: str
    reader: str
    sites: tuple[Site, ...] = ()
    imports: tuple[Import, ...] = ()
    shapes: tuple[WeightsShape, ...] = ()
    """What weight headers and model configs say, in order of appearance."""
    fallback_reason: str = ""
    """Why the exact parser gave up and a weaker one read the file; empty when it did not."""
    fallback_used: str = ""
    """The weaker reader that was used."""
    wishes: tuple[Observation, ...] = ()
    """What the scanned party asks in this file to have set aside."""
    licence_text: str = ""
    """Of a file whose name says that it holds a licence: the start of its text; empty for every other file."""

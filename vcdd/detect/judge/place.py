"""Reading a place: what the frames around a string say, in the judge's terms. No model is known here."""

from __future__ import annotations

from functools import lru_cache

from vcdd.core.lexicon import LoaderRow, PlaceWords
from vcdd.core.site import Frame, FrameKind, Site
from vcdd.detect.judge.loaders import LoaderIndex, callee_parts
from vcdd.detect.judge.names import holds_model, is_label, says_default, words_of
from vcdd.detect.judge.naming import NAMING, function_around, name_of, outer_name, passes, taker_of
from vcdd.values import dataclass

_STORED = frozenset({FrameKind.ASSIGN, FrameKind.FIELD})
_THROUGH = frozenset(
    {
        FrameKind.ITEM,
        FrameKind.FALLBACK,
        FrameKind.BRANCH,
        FrameKind.TYPE,
        FrameKind.KEY_ITSELF,
        FrameKind.RETURN,
        FrameKind.FORMAT,
    }
)
TEXTUAL = (FrameKind.COMMENT, FrameKind.DOCSTRING, FrameKind.PROSE)
"""Frames of running text."""
_EXAMPLES = frozenset({"example", "examples", "placeholder", "placeholders", "sample", "samples"})
_PACKED = 400
"""Columns beyond this are not written by people."""
MAIN = "__main__"
_PATTERNS = frozenset({"re", "regex", "RegExp"})
"""Modules and constructors whose first argument is a pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What one place says of the string in it."""

    name: str = ""
    """The innermost name that could say what the string is; empty where nothing names it."""
    outer: str = ""
    """The next name outwards: the table or option that `name` is a part of."""
    way: str = "expression"
    """How the string is written there (corpus page, "the ways in which ids are written")."""
    row: LoaderRow | None = None
    call: Frame | None = None
    """The innermost call around the string."""
    textual: str = ""
    """`comment`, `docstring` or `prose` where the string is running text."""
    part_of_test: bool = False
    """Looked for as a part of another string, or a package name: no reference at all."""
    compared: bool = False
    """Compared as a whole value."""
    index: int = -1
    """Position in the innermost list or literal type."""
    size: int = 0
    """Members of the innermost list, literal type or mapping."""
    fallback: str = ""
    """What was asked before this string was taken."""
    in_branch: bool = False
    in_main: bool = False
    """Run only when the module is started as a program."""
    in_choices: bool = False
    is_local: bool = False
    """Given to a variable of a function."""
    labelled: bool = False
    """Stored under a name that only spells the string."""
    under_its_own_key: bool = False
    """The key of the entry around only spells the string (`"gpt-x": {model: "gpt-x"}`): one of a table of models."""
    counts_tokens: bool = False
    """Inside a function, class or file that only cuts text into tokens, where no row takes the string."""
    selected: bool = False
    """A member of a table or enum that the call which it reaches asks for by name, or a container image that holds the model."""
    kind: str = ""
    """The enum whose member the string is."""
    frame: FrameKind | None = None
    """Kind of the frame that gave `name`."""
    table: tuple[int, str] = (0, "")
    """Identity of the innermost list, literal type or mapping: its first line, kind and size (a minified file has one line)."""
    records: int = 0
    """Members of a list whose members are themselves mappings or calls with this string in one of their fields."""
    provider: str = ""
    """Provider of the call or of the only address in the same definition, where no row takes the string."""
    base_url: str = ""
    """Address beside the string in its mapping, where no row takes it."""
    scope: str = ""
    """Provider whose name a name around the string holds, where no row takes the string: bare words are read as its."""
    is_packed: bool = False
    """On a line so long that only a bundler writes it: names there are made up, and tables of many have no lines of their own."""
    taken_by: str = ""
    """The function, or the class for its constructor, whose parameter the string is the default of; that around a comparison."""
    switched_off: bool = False
    """In a mapping, or under one, that says of itself that it is off (`enabled: false`)."""
    is_size: bool = False
    """A word for a size (`small`) in a file that speaks of nothing whose models are called by their sizes."""
    in_service: bool = False
    """Inside a class or file that is named after what models do (`AcmeTTSService`, `llm.py`)."""
    is_default: bool = False
    """Some name around says that this is the value taken when nothing is named."""


def read_place(site: Site, loaders: LoaderIndex, words: PlaceWords) -> Place:
    """The place of a site."""
    frames = site.frames
    kinds = {frame.kind for frame in frames}
    if not kinds.isdisjoint(TEXTUAL):
        textual = next(frame.kind.value for frame in frames if frame.kind in TEXTUAL)
        return Place(textual=textual, way=textual)
    if _is_package(frames):
        return Place(part_of_test=True, way="dependency")
    compare = _leading(frames, FrameKind.COMPARE) if FrameKind.COMPARE in kinds else None
    if (compare is not None and compare.labels != ("==",)) or _is_pattern(frames) or _is_affix(frames):
        return Place(part_of_test=True, way="comparison")
    if _is_example(frames):
        return Place(textual="example", way="example")
    row, call = _loader(frames, loaders, site.path)
    fallback = _leading(frames, FrameKind.FALLBACK) if FrameKind.FALLBACK in kinds else None
    named, name = name_of(site)
    outer = outer_name(frames, named)
    if fallback is not None and holds_model(fallback.name, words) and not holds_model(name, words):
        name = fallback.name.lstrip("$")
    if compare is not None and not name and holds_model(compare.name, words):
        name = compare.name
    listed = _leading(frames, FrameKind.ITEM, FrameKind.TYPE, FrameKind.KEY_ITSELF)
    return Place(
        name=name,
        outer=outer,
        way=_way(frames, compare is not None),
        row=row,
        call=call,
        textual="prose" if row is None and _is_prose(site, words) else "",
        compared=compare is not None,
        index=listed.index if listed else -1,
        size=listed.size if listed else _mapping_size(frames),
        fallback=fallback.name if fallback else "",
        labelled=named is not None and named.kind in _STORED and is_label(name, site.text),
        in_branch=FrameKind.BRANCH in kinds and any(f.kind is FrameKind.BRANCH and f.name != MAIN for f in frames),
        in_main=FrameKind.BRANCH in kinds and any(f.kind is FrameKind.BRANCH and f.name == MAIN for f in frames),
        in_choices=FrameKind.KEYWORD in kinds and _is_choice(frames, call if row is not None else None),
        is_local=bool(frames) and _is_local(frames),
        frame=named.kind if named else None,
        kind=_kind(frames),
        table=_table(frames, listed, is_packed=site.column > _PACKED),
        records=_records(frames),
        is_packed=site.column > _PACKED,
        taken_by=taker_of(frames, named) if compare is None else function_around(frames),
        under_its_own_key=len(frames) > 1 and frames[1].kind is FrameKind.KEY and is_label(outer, site.text),
        counts_tokens=row is None and _counts_tokens(site),
        in_service=_in_service(site),
        selected=_is_image(site.text, words.model_images),
        is_default=_is_default(frames, words),
    )


_TOKENS = frozenset(("encoding", "tiktoken", "tokenizer", "tokenizers"))
"""Words of names under which a model's name says how text is cut, not whom to call."""


def _is_choice(frames: tuple[Frame, ...], taker: Frame | None) -> bool:
    """Whether an argument around lists what may be chosen; what stands beyond the call that takes the string says nothing."""
    for frame in frames[:4]:
        if frame is taker:
            return False
        if frame.kind is FrameKind.KEYWORD and frame.name in ("choices", "options", "enum"):
            return True
    return False


def _counts_tokens(site: Site) -> bool:
    for frame in site.frames:
        if frame.kind in _DEFINITIONS and frame.name and not _TOKENS.isdisjoint(words_of(frame.name)):
            return True
    stem = site.path.rpartition("/")[2].partition(".")[0]
    return not _TOKENS.isdisjoint(words_of(stem))


_SERVICES = frozenset(
    (
        "asr",
        "embedder",
        "embedders",
        "embedding",
        "embeddings",
        "llm",
        "reranker",
        "stt",
        "synthesizer",
        "transcriber",
        "tts",
    )
)


def _in_service(site: Site) -> bool:
    """Whether the class or file around a string is named after a service of models; a file by its name alone."""
    owner = next((frame.name for frame in site.frames if frame.kind is FrameKind.CLASS), "")
    names = words_of(owner), words_of(site.path.rpartition("/")[2].partition(".")[0])
    return any(not _SERVICES.isdisjoint(parts) for parts in names)


_DEFINITIONS = (FrameKind.FUNCTION, FrameKind.CLASS)


def _is_default(frames: tuple[Frame, ...], words: PlaceWords) -> bool:
    for frame in frames:
        if frame.kind in NAMING and frame.name != "default_factory" and says_default(frame.name, words):
            return True
    return False


@lru_cache(maxsize=65536)
def _is_image(text: str, images: frozenset[str]) -> bool:
    return text.startswith(tuple(images))


def _is_local(frames: tuple[Frame, ...]) -> bool:
    inner = next((frame for frame in frames if frame.kind not in _THROUGH), None)
    return inner is not None and inner.kind is FrameKind.ASSIGN and any(f.kind is FrameKind.FUNCTION for f in frames)


def _is_package(frames: tuple[Frame, ...]) -> bool:
    """Whether a manifest lists the string as a package: the manifest's own reader tells of it by itself."""
    if not frames or frames[0].kind not in (FrameKind.KEY, FrameKind.KEY_ITSELF, FrameKind.ITEM):
        return False
    return frames[0].name.startswith(("dependency:", "extra:")) or any(
        frame.kind is FrameKind.KEY and frame.name.lower().endswith("dependencies") for frame in frames[:4]
    )


def _is_pattern(frames: tuple[Frame, ...]) -> bool:
    """Whether the string is the pattern of a regular expression."""
    call = _leading(frames, FrameKind.CALL)
    return call is not None and call.index == 0 and not _PATTERNS.isdisjoint(callee_parts(call.name)[:1])


_AFFIXES = frozenset(("prefix", "prefixes", "suffix", "suffixes", "substring", "substrings"))


def _is_affix(frames: tuple[Frame, ...]) -> bool:
    """Whether the name of the string, or of the table around it, says that names begin or end so (`CHAT_MODEL_PREFIXES`)."""
    for frame in frames:
        if frame.kind in _DEFINITIONS or frame.kind is FrameKind.CALL:
            return False
        if frame.kind in NAMING and not _AFFIXES.isdisjoint(words_of(frame.name)[-1:]):
            return True
    return False


def _is_example(frames: tuple[Frame, ...]) -> bool:
    """Whether a key or argument, or the variable of a whole table, says that the string is only an example."""
    if _fills_text(frames) or _is_for_documents(frames):
        return True
    in_table = False
    for frame in frames[:5]:
        if frame.kind in (FrameKind.KEY, FrameKind.KEYWORD) or (in_table and frame.kind is FrameKind.ASSIGN):
            if not _EXAMPLES.isdisjoint(words_of(frame.name)):
                return True
            in_table = frame.kind is FrameKind.KEY
    return False


def _is_for_documents(frames: tuple[Frame, ...]) -> bool:
    """Whether a constant holds what only examples in docstrings name (`_CHECKPOINT_FOR_DOC`, as transformers writes it)."""
    return bool(frames) and words_of(frames[0].name)[-2:] in (("for", "doc"), ("for", "docs"), ("for", "docstring"))


def _fills_text(frames: tuple[Frame, ...]) -> bool:
    """Whether the string fills a hole in a text beside it: `t("such as {{tag}}", {tag: "…"})` shows a user what to type."""
    call = frames[1] if len(frames) > 1 and frames[0].kind is FrameKind.KEY else None
    if call is None or call.kind is not FrameKind.CALL:
        return False
    return any(f"{{{{{frames[0].name}}}}}" in label for label in call.labels)


def _leading(frames: tuple[Frame, ...], *kinds: FrameKind) -> Frame | None:
    """The first frame of these kinds among those a value merely passes through."""
    for frame in frames:
        if frame.kind in kinds:
            return frame
        if frame.kind not in _THROUGH and frame.kind is not FrameKind.COMPARE:
            return None
    return None


def _loader(frames: tuple[Frame, ...], loaders: LoaderIndex, path: str) -> tuple[LoaderRow | None, Frame | None]:
    """The loaders-table row that takes this string, looking outwards through wrappers, and the innermost call."""
    argument, first = "", None
    for frame in frames:
        if frame.kind in (FrameKind.KEYWORD, FrameKind.KEY, FrameKind.FLAG):
            argument = argument or frame.name
        elif frame.kind in (FrameKind.CALL, FrameKind.COMMAND):
            first = first or frame
            row = loaders.find(frame, argument, path)
            if row is not None:
                return row, frame
            if words_of(frame.name)[-1:] and not passes(frame):
                return None, first
            argument = ""
        elif frame.kind in (FrameKind.FUNCTION, FrameKind.CLASS, FrameKind.ASSIGN, FrameKind.FIELD):
            break
    return None, first


def _kind(frames: tuple[Frame, ...]) -> str:
    if not frames or frames[0].kind is not FrameKind.ENUM:
        return ""
    return next((frame.name for frame in frames if frame.kind is FrameKind.CLASS), "")


def _table(frames: tuple[Frame, ...], listed: Frame | None, *, is_packed: bool) -> tuple[int, str]:
    if frames and frames[0].kind is FrameKind.ENUM:
        enum = next((frame for frame in frames if frame.kind is FrameKind.CLASS), None)
        return (enum.line, "enum") if enum else (0, "")
    if frames and frames[0].kind is FrameKind.COMPARE:
        around = next((frame for frame in frames if frame.kind is FrameKind.FUNCTION), None)
        return (around.line, f"compared in {around.name}") if around else (0, "")
    inner = listed or _leading(frames, FrameKind.KEY)
    if inner is None or not inner.line:
        return 0, ""
    what = f"{inner.kind.value} of {inner.size}"
    if is_packed and inner.kind is FrameKind.ITEM:
        # The lists of a bundle stand on one line: what is around them tells them apart.
        behind = frames.index(inner) + 1
        what += "".join(f" in {frame.name}" for frame in frames[behind : behind + 2])
    return inner.line, what


_ALL_RUN = frozenset(
    ("steps", "containers", "initContainers", "tasks", "env", "environment", "envs", "envVars", "variables", "nodes")
)
"""Lists of a workflow, a graph or a pod (GitHub Actions, n8n, Kubernetes) whose members all run: they are no choices."""


def _records(frames: tuple[Frame, ...]) -> int:
    """Size of the list around a mapping or call that has this string in one of its fields; 0 where there is none."""
    fields = 0
    for position, frame in enumerate(frames):
        if frame.kind in (FrameKind.KEY, FrameKind.KEYWORD) or (frame.kind is FrameKind.CALL and frame.index >= 0):
            fields += 1
        elif frame.kind is FrameKind.ITEM and fields:
            is_list_of_doings = position + 1 < len(frames) and frames[position + 1].name in _ALL_RUN
            return 0 if is_list_of_doings else frame.size
        elif frame.kind in (FrameKind.FUNCTION, FrameKind.CLASS, FrameKind.ASSIGN, FrameKind.COMMAND):
            return 0
    return 0


def _mapping_size(frames: tuple[Frame, ...]) -> int:
    first = _leading(frames, FrameKind.KEY)
    return first.size if first else 0


_WAYS = {
    FrameKind.KEYWORD: "keyword-argument",
    FrameKind.PARAMETER: "parameter-default",
    FrameKind.ASSIGN: "variable",
    FrameKind.FIELD: "class-field",
    FrameKind.ENUM: "enum-member",
    FrameKind.TYPE: "literal-type",
    FrameKind.KEY: "mapping-value",
    FrameKind.KEY_ITSELF: "mapping-key",
    FrameKind.ITEM: "list-item",
    FrameKind.FALLBACK: "fallback",
    FrameKind.CALL: "positional-argument",
    FrameKind.RETURN: "return-value",
    FrameKind.COMMAND: "command",
    FrameKind.FLAG: "command-flag",
    FrameKind.INSTRUCTION: "instruction",
    FrameKind.HEADER: "header",
    FrameKind.SUBSCRIPT: "subscript",
    FrameKind.BRANCH: "branch",
}


def _way(frames: tuple[Frame, ...], compared: bool) -> str:
    if compared:
        return "comparison"
    return _WAYS.get(frames[0].kind, "expression") if frames else "expression"


def _is_prose(site: Site, words: PlaceWords) -> bool:
    """Whether the string goes to a log, print or error, or has spaces and a name for running text."""
    for frame in site.frames[:4]:
        if frame.kind is FrameKind.CALL:
            last = words_of(frame.name)[-1:]
            return last != () and last[0] in words.prose
        if frame.kind in NAMING and " " not in site.text and holds_model(frame.name, words):
            return False
        if frame.kind is FrameKind.KEYWORD or (frame.kind in NAMING and " " in site.text):
            return bool(words.prose.intersection(words_of(frame.name)))
    return False

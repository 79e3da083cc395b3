"""What the target defines, by name: modules, classes, functions and the names that read each variable."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from vcdd.core.site import Frame, FrameKind, Import, ReadFile, Site
from vcdd.detect.judge.link_keys import CODE, OPTIONS, Key, class_of, function_of, qualified, stored_in
from vcdd.detect.judge.link_readers import Readers

_MAX_CANDIDATES = 3
"""A name defined more often than this in the target is too common to follow."""
_MAX_BASES = 3
"""Levels of base classes and of modules that pass a name on."""
_MAX_DERIVED = 24
"""Classes under one class that are followed."""
_MAX_VALUE = 200
"""Longer strings are no parts of ids."""
_MODULE_SUFFIXES = (
    ".py",
    ".pyi",
    ".ts",
    ".tsx",
    ".js",
    ".mjs",
    ".cjs",
    ".jsx",
    "/__init__.py",
    "/index.ts",
    "/index.js",
    "/index.tsx",
)


class LinkIndex:
    """Names of the whole target; built once, then only asked."""

    def __init__(self, files: Iterable[ReadFile]) -> None:
        self._modules: dict[str, list[str]] = defaultdict(list)
        self._functions: dict[str, dict[tuple[str, str], tuple[str, ...]]] = defaultdict(dict)
        self._constructors: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._instances: dict[tuple[str, str], str] = {}
        self._typed: dict[tuple[str, str, str], str] = {}
        self._made: dict[tuple[str, str], Site] = {}
        self._made_in: dict[tuple[str, str], list[Site]] = defaultdict(list)
        self._values: dict[Key, list[str]] = defaultdict(list)
        self._defined: set[Key] = set()
        self._bases: dict[str, tuple[str, ...]] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        self._derived: dict[str, list[str]] = defaultdict(list)
        self._exports: dict[tuple[str, str], str] = {}
        self._imports: list[Import] = []
        self._used: frozenset[str] | None = None
        self._roots: frozenset[str] | None = None
        self._entered: set[tuple[str, int]] = set()
        self.readers = Readers(self._reads, self._defined)
        """Sites of names by the variable they read."""
        for file in files:
            self._modules[_stem(file.path)].append(file.path)
            self._imports.extend(file.imports)
            for imported in file.imports:
                self._exports[(file.path, imported.name)] = imported.source
                self.readers.add_alias(imported.name, imported.source)
            for site in file.sites:
                self._define(site)
                if site.symbol:
                    self.readers.add(site)

    def _define(self, site: Site) -> None:
        keys = stored_in(site)
        self._defined.update(keys)
        if site.text and len(site.text) <= _MAX_VALUE:
            for key in keys:
                if len(self._values[key]) < _MAX_CANDIDATES:
                    self._values[key].append(site.text)
        self._enter(site)
        if site.symbol and site.frames:
            self._define_instance(site)

    def _define_class(self, frame: Frame) -> None:
        if frame.name not in self._bases:
            self._bases[frame.name] = bases = tuple(map(_last, frame.bases))
            for base in bases:
                self._derived[base].append(frame.name)

    def _define_instance(self, site: Site) -> None:
        """Take down of which class a variable is: by the call that makes it, or as a parameter that says so."""
        first = site.frames[0]
        if first.kind is FrameKind.ASSIGN and (kind := self._annotated(site, site.symbol)):
            self._instances[(site.path, first.name)] = kind
        if first.kind is not FrameKind.CALL or not site.symbol.endswith("()"):
            return
        named = next((f for f in site.frames[1:3] if f.kind in (FrameKind.ASSIGN, FrameKind.FIELD)), None)
        if named is not None:
            self._instances[(site.path, named.name)] = _last(site.symbol[:-2])
            self._made[(site.path, named.name)] = site
            owner = class_of(site)
            if owner and (named.kind is FrameKind.FIELD or named.name.partition(".")[0] in ("self", "this", "cls")):
                self._made_in[(site.path, owner)].append(site)

    def _enter(self, site: Site) -> None:
        """Take down the functions and classes around a site, each once."""
        for position, frame in enumerate(site.frames):
            if frame.kind is FrameKind.FUNCTION:
                # A reader makes one frame for a function, which lives as long as the sites in it.
                entered = (site.path, id(frame))
                if entered in self._entered:
                    break  # a name in there has told of all that is around it
                self._entered.add(entered)
                self._define_function(site, position, frame)
            elif frame.kind is FrameKind.CLASS and frame.bases:
                self._define_class(frame)

    def _define_function(self, site: Site, position: int, frame: Frame) -> None:
        key = (site.path, qualified(site.frames[position:], FrameKind.FUNCTION))
        known = self._functions[frame.name]
        if key not in known:
            known[key] = frame.labels
            for parameter, kind in zip(frame.labels, frame.bases, strict=False):
                if kind:
                    self._typed[(*key, parameter)] = _last(kind)
            if frame.name in ("__init__", "constructor"):
                self._constructors[key[1].rpartition(".")[0].rpartition(".")[2]].append(key)

    # -- reading -------------------------------------------------------------------------------------------------

    def read_by(self, site: Site) -> Iterator[Key]:
        """Keys of the variables that the name at this site reads, most specific first; only defined ones."""
        for key in self._candidates(site):
            if key in self._defined or key[0] == "param":
                yield key
                if key[0] != "any-attr":
                    return

    def _reads(self, site: Site) -> Iterator[Key]:
        yield from self.read_by(site)
        yield from self._overridden(site)

    def _candidates(self, site: Site) -> Iterator[Key]:
        symbol, subscript, entry = site.symbol.partition("[")
        whole = list(self._plain(site, symbol))
        if subscript:
            member = entry.partition("]")[0]
            yield from ((*key[:-1], f"{key[-1]}.{member}") for key in whole if key[0] in ("module", "local", "attr"))
        yield from whole

    def _plain(self, site: Site, symbol: str) -> Iterator[Key]:
        yield from self._named(site, symbol)
        if symbol.endswith(".value"):
            yield from self._named(site, symbol.removesuffix(".value"))

    def _named(self, site: Site, symbol: str) -> Iterator[Key]:
        if symbol.startswith(("$", "process.env.", "import.meta.env.")):
            yield ("env", symbol.lstrip("$").rpartition(".")[2] or symbol)
            return
        if symbol.endswith("()"):
            yield from (("return", path, name) for path, name in self.functions(symbol[:-2], site.path))
            return
        root, _, rest = symbol.partition(".")
        if root in ("self", "this", "cls") and rest:
            yield from self._attribute(site, rest)
        elif not rest:
            yield from self._bare(site, symbol)
            if site.reader not in CODE and site.has(FrameKind.COMMAND, FrameKind.INSTRUCTION):
                yield ("env", symbol)
        else:
            yield from self._dotted(site, symbol, root)

    def _attribute(self, site: Site, rest: str) -> Iterator[Key]:
        owner, _, attribute = rest.rpartition(".")
        if not owner:
            yield from self._inherited(class_of(site), attribute)
        else:
            yield from self._inherited(class_of(site), rest)
            kind = self._instances.get((site.path, f"self.{owner}"), "")
            if kind:
                yield from self._inherited(kind, attribute)
            yield ("any-attr", attribute.lower())

    def _inherited(self, kind: str, attribute: str) -> Iterator[Key]:
        """The attribute of a class, then of its base classes, at most three levels up."""
        level = [kind]
        for _ in range(_MAX_BASES):
            yield from (("attr", name, attribute) for name in level)
            level = [base for name in level for base in self._bases.get(name, ())][:_MAX_CANDIDATES]

    def _overridden(self, site: Site) -> Iterator[Key]:
        """Keys of the attribute in the classes under the one whose method reads it: what they set is read there too."""
        root, _, attribute = site.symbol.partition(".")
        if root not in ("self", "this", "cls") or not attribute:
            return
        level = self._derived.get(class_of(site), [])[:_MAX_DERIVED]
        for _ in range(_MAX_BASES):
            yield from (key for name in level if (key := ("attr", name, attribute)) in self._defined)
            level = [below for name in level for below in self._derived.get(name, ())][:_MAX_DERIVED]

    def _bare(self, site: Site, name: str) -> Iterator[Key]:
        function = function_of(site)
        while function:
            yield ("local", site.path, function, name)
            param = ("param", site.path, function, name)
            if param in self._defined or self._takes(site.path, function, name):
                yield param
            function = function.rpartition(".")[0]
        yield ("module", site.path, name)

    def _annotated(self, site: Site, name: str) -> str:
        """The class that the innermost function with a parameter of this name says that it is; empty if none does."""
        function = function_of(site) if self._typed else ""
        while function:
            if kind := self._typed.get((site.path, function, name)):
                return kind
            function = function.rpartition(".")[0]
        return ""

    def _takes(self, path: str, function: str, name: str) -> bool:
        return name in self._functions[function.rpartition(".")[2]].get((path, function), ())

    def _dotted(self, site: Site, symbol: str, root: str) -> Iterator[Key]:
        yield from (("module", path, name) for path, name in self._imported(symbol, site.path))
        module, _, member = symbol.replace("#", ".").rpartition(".")
        owner = _last(module)
        if member == "value":
            owner, member = _last(module.rpartition(".")[0]), owner
        yield from self._inherited(owner, member)
        kind = (
            self._annotated(site, root)
            or self._instances.get((site.path, root), "")
            or self._imported_instance(site, module)
        )
        if kind:
            yield from self._inherited(kind, member)
        yield from (("local", site.path, function, symbol) for function in filter(None, [function_of(site)]))
        yield ("module", site.path, symbol)
        if owner in OPTIONS:
            yield ("option", member.lower())
        yield ("any-attr", member.lower())

    def _imported(self, symbol: str, importer: str, depth: int = _MAX_BASES) -> Iterator[tuple[str, str]]:
        """(path, name) that an imported dotted name can mean, through packages and index files that pass it on."""
        for module, name in _splits(symbol):
            for path in self.modules(module, importer):
                yield path, name
                if depth:
                    head, dot, rest = name.partition(".")
                    for source in filter(None, (self._exports.get((path, head)), self._exports.get((path, "*")))):
                        onward = source.removesuffix("*").rstrip("#.") + _joint(source) + head
                        passed_on = onward if source.endswith("*") else source
                        yield from self._imported(passed_on + dot + rest, path, depth - 1)

    def _imported_instance(self, site: Site, symbol: str) -> str:
        module, _, name = symbol.rpartition(".")
        found = (self._instances.get((path, name), "") for path in self.modules(module, site.path))
        return next(filter(None, found), "")

    def values_of(self, symbol: str, site: Site) -> list[str]:
        """Strings that a name can stand for where `site` stands; empty if unknown, at most three."""
        probe = replace(site, symbol=symbol, text="")
        found = (value for key in self.read_by(probe) if key[0] != "any-attr" for value in self._values.get(key, ()))
        return list(dict.fromkeys(found))[:_MAX_CANDIDATES]

    def has_value(self, key: Key) -> bool:
        """Whether a string of the target is stored under this key."""
        return bool(self._values.get(key))

    def is_looked_for(self, site: Site) -> bool:
        """Whether the list around a site is only ever asked how a name begins or what it holds (`startswith(LIST)`)."""
        keys = [key for key in stored_in(site) if key[0] not in ("any-attr", "env")]
        asking = [reader for key in keys for reader in self.readers.of(key)]
        return bool(asking) and all(r.frames and r.frames[0].kind is FrameKind.COMPARE for r in asking)

    def client(self, callee: str, path: str) -> Site | None:
        """Where the object that is called, or on which it is called (`client.chat.…`), was made; None if unknown.

        The first frame of the site is the call that made it, in this file or where the object is imported from.
        """
        return self._maker(callee, path)[0]

    def made_as(self, callee: str, path: str) -> str:
        """The callee with the call that made its object in place of the object (`createRouter().chat`); empty if unknown."""
        made, rest = self._maker(callee, path)
        return f"{made.frames[0].name}(){rest}" if made is not None else ""

    def made_beside(self, site: Site) -> tuple[Site, ...]:
        """Where the objects are made that the class around a site keeps; empty outside classes."""
        owner = class_of(site)
        return tuple(self._made_in.get((site.path, owner), ())) if owner else ()

    def _maker(self, callee: str, path: str) -> tuple[Site | None, str]:
        """Where the called object is made, and the rest of the callee behind its name."""
        name = callee
        while name:
            for key in ((path, name), *(self._imported(name, path) if "#" in name or "." in name else ())):
                if key in self._made:
                    return self._made[key], callee[len(name) :]
            name = name.rpartition(".")[0]
        return None, ""

    def ancestors(self, kind: str) -> frozenset[str]:
        """Base classes of a class by name, at most three levels up."""
        known = self._ancestors.get(kind)
        if known is None:
            level, found = [kind], set[str]()
            for _ in range(_MAX_BASES):
                level = [base for name in level for base in self._bases.get(name, ())][:_MAX_CANDIDATES]
                found.update(level)
            known = self._ancestors[kind] = frozenset(found)
        return known

    # -- names to places -----------------------------------------------------------------------------------------

    def modules(self, dotted: str, importer: str) -> list[str]:
        """Paths of the modules that an import of this name from `importer` can mean; empty if none or too many."""
        if dotted.startswith((".", "/")) or "/" in dotted:
            stem = _relative(dotted, importer)
            return [path for path in self._modules.get(posixpath.basename(stem), ()) if _without_suffix(path) == stem]
        tail = dotted.replace(".", "/")
        found = [
            p for p in self._modules.get(tail.rpartition("/")[2], ()) if ("/" + _without_suffix(p)).endswith("/" + tail)
        ]
        return found if tail and len(found) <= _MAX_CANDIDATES else []

    def is_imported(self, path: str) -> bool:
        """Whether another file of the target imports the module at this path."""
        if self._used is None:
            self._used = frozenset(
                found
                for each in self._imports
                for module in (each.source, *(module for module, _ in _splits(each.source)))
                for found in self.modules(module, each.path)
                if found != each.path
            )
        return path in self._used

    def is_module(self, name: str) -> bool:
        """Whether some file imports a module of this name (`cv2`)."""
        if self._roots is None:
            self._roots = frozenset(each.source.partition("#")[0].partition(".")[0] for each in self._imports)
        return name in self._roots

    def is_variable(self, name: str) -> bool:
        """Whether some code of the target reads an attribute or variable of exactly this name."""
        return "_" in name and name.isidentifier() and bool(self.readers.named(name))

    def functions(self, callee: str, path: str) -> list[tuple[str, str]]:
        """(path, qualified name) of the target's functions that a callee can mean, the same file's first."""
        name = _last(callee)
        found = list(self._functions.get(name, ())) or self._constructors.get(name, [])
        same = [key for key in found if key[0] == path]
        return same or (found if len(found) <= _MAX_CANDIDATES else [])

    def parameter(self, frame: Frame, argument: str, path: str) -> Iterator[Key]:
        """Keys of the parameters that an argument of this call fills."""
        for file, name in self.functions(frame.name, path):
            labels = [
                label
                for label in self._functions[name.rpartition(".")[2]][(file, name)]
                if label not in ("self", "cls", "this")
            ]
            if argument in labels or (argument and ("param", file, name, argument) in self._defined):
                yield ("param", file, name, argument)
            elif not argument and 0 <= frame.index < len(labels):
                yield ("param", file, name, labels[frame.index])
        kind = _last(frame.name)
        if argument and ("attr", kind, argument) in self._defined:
            yield ("attr", kind, argument)


def _splits(symbol: str) -> Iterator[tuple[str, str]]:
    """(module, name) readings of an imported dotted name: `./conf#CFG.chat`, `app.conf.CFG`, `app.conf.CFG.chat`."""
    module, mark, name = symbol.partition("#")
    if mark:
        yield module, name
        return
    head, dot, last = symbol.rpartition(".")
    if dot:
        yield head, last
        above, dot, table = head.rpartition(".")
        if dot:
            yield above, f"{table}.{last}"


def _joint(source: str) -> str:
    return "#" if "#" in source else "."


def _last(dotted: str) -> str:
    return dotted.replace("#", ".").rstrip("()").rpartition(".")[2] or dotted


def _stem(path: str) -> str:
    return posixpath.basename(_without_suffix(path))


def _without_suffix(path: str) -> str:
    for suffix in sorted(_MODULE_SUFFIXES, key=len, reverse=True):
        if path.endswith(suffix):
            return path[: -len(suffix)]
    return path


def _relative(specifier: str, importer: str) -> str:
    """The path without suffix that `./x/y` (JavaScript) or `..pkg.mod` (Python) means from a file."""
    folder = posixpath.dirname(importer)
    if specifier.startswith(("./", "../")) or "/" in specifier:
        return _without_suffix(posixpath.normpath(posixpath.join(folder, specifier)))
    dots = len(specifier) - len(specifier.lstrip("."))
    for _ in range(dots - 1):
        folder = posixpath.dirname(folder)
    return posixpath.normpath(posixpath.join(folder, specifier.lstrip(".").replace(".", "/")))

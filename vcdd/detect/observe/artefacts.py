"""What runs or lies in the target without having been read: remote code, pickled weights, unpinned fetches, installs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vcdd.core.lexicon import PathWords
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.shape import WeightsShape
from vcdd.core.site import Frame, FrameKind, Site
from vcdd.detect.judge.loaders import callee_parts
from vcdd.detect.observe.fact import Fact, is_set, of_file
from vcdd.detect.observe.signals import labelled

PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".joblib", ".npz", ".dill")
"""Suffixes of files that a loader unpickles; `.bin` is weights only where its name says so."""
_WEIGHTS = (*PICKLED, ".safetensors", ".gguf", ".onnx", ".tflite", ".mlmodel", ".h5", ".keras", ".engine", ".nemo")
_BIN_STEMS = ("pytorch_model", "adapter_model", "diffusion_pytorch_model", "model", "consolidated", "ggml")
SMALLEST_WEIGHTS = 1_000_000
"""Bytes below which a file holds fixtures or a toy rather than weights."""
_INSTALLS = ("pip install", "pip3 install", "-m pip", "uv pip install")
_SPAWNS = ("subprocess", "os.system", "Popen", "check_call", "check_output", "run", "spawn", "exec", "execSync")
_UNPICKLES = (
    ("torch", "load"),
    ("pickle", "load"),
    ("pickle", "loads"),
    ("joblib", "load"),
    ("cloudpickle", "load"),
    ("dill", "load"),
)
_OWN_KINDS = frozenset(("gguf", "safetensors", "onnx", "adapter"))
_REMOTE = "trust_remote_code"


def stated_artefacts(site: Site) -> Iterator[Fact]:
    """Facts that a string states: a setting or flag that trusts remote code, a command that installs at run time."""
    first = site.frames[0]
    if first.kind in (FrameKind.KEY, FrameKind.FLAG, FrameKind.ASSIGN) and _is_remote(first.name, site.text):
        yield Fact(kind=ObservationKind.TRUST_REMOTE_CODE, subject=_beside(site), detail=first.name)
    if "pip" in site.text and any(mark in site.text for mark in _INSTALLS) and _is_spawned(site.frames):
        yield Fact(kind=ObservationKind.RUNTIME_INSTALL, subject="pip", detail=site.text[:80])


def called_artefacts(name: str, call: Frame) -> Iterator[Fact]:
    """Facts of a call: remote code, an unpinned fetch, a pickle opened."""
    parts = callee_parts(name)
    if not call.labels and parts[-2:] not in _UNPICKLES:
        return
    labels = labelled(call)
    remote = labels.get(_REMOTE, "")
    if is_set(remote) and not remote.startswith("$"):
        yield Fact(kind=ObservationKind.TRUST_REMOTE_CODE, subject=labels.get("", name), detail=name)
    if parts[-1:] == ("from_pretrained",) and "revision" not in labels and _is_hub_id(labels.get("", "")):
        yield Fact(kind=ObservationKind.UNPINNED_REVISION, subject=labels[""], detail=name)
    if parts[-2:] in _UNPICKLES and labels.get("weights_only") != "True":
        yield Fact(kind=ObservationKind.PICKLE_WEIGHTS, subject=labels.get("", ""), detail=name)


def _is_hub_id(text: str) -> bool:
    return bool(text) and text[0] not in "./~{" and "." not in text.partition("/")[0]


def _is_remote(name: str, value: str) -> bool:
    if "trust" not in name:
        return False
    plain = name.lstrip("-").replace("-", "_").lower()
    return plain == _REMOTE and (value.startswith("--") or is_set(value))


def _beside(site: Site) -> str:
    """The command that the flag belongs to; empty elsewhere."""
    return next((frame.name for frame in site.frames if frame.kind is FrameKind.COMMAND), "")


def _is_spawned(frames: Sequence[Frame]) -> bool:
    """Whether a string is an argument of a call that starts a process."""
    names = [frame.name for frame in frames[:3] if frame.kind is FrameKind.CALL]
    return any(part in name for name in names for part in _SPAWNS)


def shape_observations(shapes: Iterable[WeightsShape], words: PathWords) -> Iterator[Observation]:
    """Own weights: files whose header was read."""
    for shape in shapes:
        if shape.kind in _OWN_KINDS:
            yield of_file(
                Fact(kind=ObservationKind.OWN_WEIGHTS, subject=shape.path, detail=shape.kind), shape.path, words
            )


def tree_observations(files: Iterable[tuple[str, int]], words: PathWords) -> list[Observation]:
    """Own weights and pickled ones among all files of the target, given as path and size in bytes, sorted by path.

    For files that no reader opens. A Git LFS pointer is smaller than any weights and is not seen here.
    """
    found = []
    for path, size in sorted(files):
        name = path.rpartition("/")[2].lower()
        if (
            size < SMALLEST_WEIGHTS
            or not name.endswith(_WEIGHTS)
            or (name.endswith(".bin") and not name.startswith(_BIN_STEMS))
        ):
            continue
        suffix = name.rpartition(".")[2]
        found.append(of_file(Fact(kind=ObservationKind.OWN_WEIGHTS, subject=path, detail=suffix), path, words))
        if name.endswith(PICKLED):
            found.append(of_file(Fact(kind=ObservationKind.PICKLE_WEIGHTS, subject=path, detail=suffix), path, words))
    return found

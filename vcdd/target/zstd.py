"""zstd frames (RFC 8878), where Python can read them: its own library from 3.14 on, `backports.zstd` before."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from vcdd.target.entry import UnreadableError

NEEDS = "zstd needs a package that is not installed"
INSTALL = "Install it: pip install 'vcdd[zstd]'. Or decompress the file first: zstd -d FILE."

_MAGIC = b"\x28\xb5\x2f\xfd"
_WINDOW_LOG = 27
"""Window a frame may ask for, as a power of two: 128 MiB, the most that `zstd -d` takes unasked (its manual, `--long`)."""


def is_zstd(head: bytes) -> bool:
    """Whether the first four bytes are those of a zstd frame."""
    return head.startswith(_MAGIC)


def can_read() -> bool:
    """Whether this Python has a zstd library."""
    return _library() is not None


def zstd_states() -> Callable[[], Frame]:
    """A maker of fresh decompressors. Raises UnreadableError where no library is installed."""
    library = _library()
    if library is None:
        raise UnreadableError(f"{NEEDS}: pip install 'vcdd[zstd]'")
    return lambda: Frame(library)


class Frame:
    """One frame being decompressed, in the manner of the standard library's decompressors."""

    def __init__(self, library: ModuleType) -> None:
        """`library` has the interface of `compression.zstd` (PEP 784)."""
        self._error: type[Exception] = library.ZstdError
        options = {library.DecompressionParameter.window_log_max: _WINDOW_LOG}
        self._state: Any = library.ZstdDecompressor(options=options)

    def decompress(self, data: bytes, size: int) -> bytes:
        """At most `size` bytes more. Raises ValueError on damage, as the readers of other formats do."""
        try:
            return bytes(self._state.decompress(data, size))
        except self._error as error:
            raise ValueError(str(error)) from error

    @property
    def eof(self) -> bool:
        """Whether the frame has ended."""
        return bool(self._state.eof)

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out without more going in."""
        return bool(self._state.needs_input)

    @property
    def unused_data(self) -> bytes:
        """What came behind the end of the frame."""
        return bytes(self._state.unused_data)


def _library() -> ModuleType | None:
    import importlib  # noqa: PLC0415 -- wanted by few

    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None

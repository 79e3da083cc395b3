"""Every bound on what is read from a target, in one place."""

from __future__ import annotations

from vcdd.values import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds in bytes, counts and seconds. Whatever is cut off by one of them is named in the coverage."""

    text_bytes: int = 2 * MIB
    """Read of one text file; the rest of a longer one is not read."""
    code_bytes: int = 16 * MIB
    """Read of one JavaScript file: a bundle may be a whole product, its own code behind that of its packages."""
    notebook_bytes: int = 20 * MIB
    """Read of one notebook: outputs hold pictures, and half a notebook is no JSON."""
    parse_bytes: int = 1 * MIB
    """Above this only windows round the prefilter's hits are parsed."""
    head_bytes: int = 4 * MIB
    """Read of one weight file: its header."""
    window_lines: int = 40
    """Lines kept before and after a hit in a file too large to parse."""
    narrow_lines: int = 12
    """The same where windows of that size would not hold all that counts."""
    window_chars: int = 400
    """Characters kept before and after a hit on a line too long to parse."""
    windows: int = 400
    """Windows cut out of one file."""
    window_hits: int = 10_000
    """Hits that one file's windows hold."""
    window_bytes: int = 600 * KIB
    """Bytes of all windows of one file together."""
    files: int = 2_000_000
    """Files and folders looked at in one target."""
    member_bytes: int = 20 * MIB
    """Bytes kept of one archive member before the reader applies its own bound."""
    total_bytes: int = 2 * GIB
    """Bytes kept of all members of one archive together."""
    stream_bytes: int = 64 * GIB
    """Bytes decompressed from one archive, kept or passed over."""
    ratio: int = 200
    """Decompressed to compressed bytes, judged once `ratio_floor` bytes came out: source text stays under 20."""
    ratio_floor: int = 64 * MIB
    directory_bytes: int = 32 * MIB
    """Central directory of a zip, which is held in memory: some 300,000 members."""
    nested_bytes: int = 256 * MIB
    """An archive inside an archive, held in memory while it is read."""
    object_bytes: int = 64 * MIB
    """One git object, inflated."""
    clone_bytes: int = 2 * GIB
    """Size of a clone on disk."""
    clone_s: float = 300.0
    """Time a clone may take, in seconds."""
    list_lines: int = 100_000
    """Ids taken from standard input."""
    document_bytes: int = 64 * MIB
    """A saved report or bill of materials."""

    def of_text(self, path: str) -> int:
        """Bytes read of a text file of this name."""
        name = path.lower()
        if name.endswith(".ipynb"):
            return self.notebook_bytes
        return self.code_bytes if name.endswith((".js", ".cjs", ".mjs")) else self.text_bytes

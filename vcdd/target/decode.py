"""From bytes to UTF-8 text with line feeds, whatever the file's encoding; and which files are no text."""

from __future__ import annotations

import codecs

SNIFFED = 8192
"""Bytes in which a NUL makes a file binary: git's own measure is 8,000."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its first half
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_FIRST = b"\xef\xff\xfe\0"
"""The first bytes of the marks."""


def is_binary(data: bytes) -> bool:
    """Whether the first 8 KB hold a NUL that no Unicode encoding explains."""
    return data.find(b"\0", 0, SNIFFED) >= 0 and encoding_of(data)[0] == "utf-8"


def encoding_of(data: bytes) -> tuple[str, int]:
    """The Unicode encoding by byte order mark or by the pattern of NULs, and the length of the mark.

    Anything else is read as UTF-8 with replacement: ids, keys and quotes are ASCII in every encoding that occurs.
    """
    if data[:1] in _FIRST:
        for mark, name in _MARKS:
            if data.startswith(mark):
                return name, len(mark)
    if data.find(b"\0", 0, SNIFFED) >= 0:
        return _utf16_without_mark(data[:SNIFFED]), 0
    return "utf-8", 0


def to_utf8(data: bytes) -> bytes:
    """The text as UTF-8 without byte order mark, line ends as line feeds. Invalid bytes stay for the decoder."""
    name, mark = encoding_of(data)
    if name != "utf-8":
        data = data[mark:].decode(name, "replace").encode("utf-8", "replace")
    elif mark:
        data = data[mark:]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def to_text(data: bytes) -> str:
    """UTF-8 decoded, invalid bytes as U+FFFD."""
    return data.decode("utf-8", "replace")


def _utf16_without_mark(head: bytes) -> str:
    """UTF-16 when at least 70 % of one half of the bytes and under 5 % of the other half are NUL, as in ASCII text."""
    pairs = len(head) // 2
    if pairs < 8:
        return "utf-8"
    even, odd = head[0 : pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return "utf-8"

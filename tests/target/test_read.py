"""Whatever the bytes, a read is bounded, decoded and named when it is not whole."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcdd.core.source_file import Skipped, SourceFile
from vcdd.target.entry import MemberEntry
from vcdd.target.limits import Limits
from vcdd.target.prefilter import Prefilter
from vcdd.target.read import Loaded, Reading, load, read_sources, to_source, to_windows
from vcdd.target.windows import cut_windows

PIECES = [b"qwen", b"\n", b"x" * 50, "é".encode(), b"\xff", b"ab\n" * 9]
SEARCH = Prefilter([b"qwen"], [b"model"])


def member(data: bytes, path: str = "a.py", size: int | None = None) -> MemberEntry:
    return MemberEntry(path=path, size=len(data) if size is None else size, data=data)


def text_of(data: bytes, path: str = "a.py") -> str:
    loaded = load(member(data, path), Limits())
    assert isinstance(loaded, Loaded)
    return to_source(loaded, Limits()).text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (codecs.BOM_UTF8 + "é".encode(), "é"),
        ("model = 'é模'\r\n".encode("utf-16"), "model = 'é模'\n"),
        (codecs.BOM_UTF16_BE + "ab".encode("utf-16-be"), "ab"),
        ("name = 'qwen' # long enough".encode("utf-16-le"), "name = 'qwen' # long enough"),
        ("name = 'qwen' # long enough".encode("utf-16-be"), "name = 'qwen' # long enough"),
        (codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), "ab"),
        (b"m = 'caf\xe9'", "m = 'caf\ufffd'"),
    ],
)
def test_text_of_any_encoding_is_decoded(data: bytes, text: str) -> None:
    assert text_of(data) == text


@pytest.mark.parametrize("encoding", ["gbk", "shift_jis", "big5", "euc_kr", "latin-1"])
def test_quotes_and_ids_survive_an_encoding_that_is_not_told(encoding: str) -> None:
    text = text_of("名 = 'Qwen/Qwen3-8B' # 本".encode(encoding, "replace"))
    assert text.split("'")[1] == "Qwen/Qwen3-8B"


@pytest.mark.parametrize("data", [b"\0", b"ab\0cd" * 10, b"\x7fELF\2\1\1\0", b"\0" * 9000, b"a" * 8191 + b"\0"])
def test_binary_is_a_row(data: bytes) -> None:
    assert load(member(data), Limits()) == Skipped(path="a.py", reason="binary")


def test_a_nul_after_the_sniffed_part_does_not_make_it_binary() -> None:
    assert text_of(b"a" * 8192 + b"\0") == "a" * 8192 + "\0"


def test_a_long_text_is_cut_and_named() -> None:
    limits = Limits(text_bytes=100)
    reading = read_sources(member(b"qwen" * 100), SEARCH, limits)
    assert reading.sources[0].truncated
    assert reading.sources[0].size_bytes == 400
    assert reading.skipped == (Skipped(path="a.py", reason="read to 0.0 MiB of 0.0 MiB", files=0),)


def test_a_member_cut_by_the_archive_counts_as_cut() -> None:
    loaded = load(member(b"qwen", size=50_000_000), Limits())
    assert isinstance(loaded, Loaded)
    assert loaded.truncated
    assert loaded.note == Skipped(path="a.py", reason="read to 0.0 MiB of 47.7 MiB", files=0)


def test_of_a_weight_file_only_the_head_is_read() -> None:
    (source,) = read_sources(member(b"GGUF\0" + b"x" * 100, "m/model.GGUF"), SEARCH, Limits(head_bytes=10)).sources
    assert (source.head, source.text, source.size_bytes, source.truncated) == (b"GGUF\0xxxxx", "", 105, True)


def test_a_weight_file_left_to_lfs_says_so() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
    reading = read_sources(member(pointer, "model.safetensors"), SEARCH, Limits())
    assert reading.sources[0].head == pointer
    assert reading.skipped[0].reason.startswith("Git LFS pointer")


@pytest.mark.parametrize(
    ("data", "always", "opened", "weak"),
    [
        (b"m = 'Qwen/x'", False, 1, False),
        (b"model = 'x'", False, 0, True),
        (b"nothing", False, 0, False),
        (b"nothing", True, 1, False),
        ("m = 'Qwen/x'".encode("utf-16"), False, 1, False),
    ],
)
def test_only_a_strong_literal_opens_a_file(data: bytes, always: bool, opened: int, weak: bool) -> None:
    reading = read_sources(member(data), SEARCH, Limits(), always=always)
    assert (len(reading.sources), reading.weak, reading.skipped) == (opened, weak, ())


def test_a_notebook_is_read_whole_where_text_would_be_cut() -> None:
    limits = Limits(text_bytes=10, parse_bytes=5, notebook_bytes=1000)
    (source,) = read_sources(member(b'{"cells": ["qwen"]}', "a.ipynb"), SEARCH, limits).sources
    assert source.text == '{"cells": ["qwen"]}'
    assert not source.truncated


def test_a_large_file_comes_as_windows_that_keep_their_lines() -> None:
    lines = [f"line {number}" for number in range(1, 20_001)]
    lines[4999] = "x = 'qwen/a'"
    lines[5010] = "y = 'qwen/b'"
    lines[15_000] = "z = 'qwen/c'"
    limits = Limits(parse_bytes=1000, window_lines=10)
    windows = read_sources(member("\n".join(lines).encode()), SEARCH, limits).sources
    assert [window.hits for window in windows] == [(5000, 5011), (15_001,)]
    for window in windows:
        assert window.text.split("\n")[0] == lines[window.offset_lines]
        assert window.truncated
        assert window.offset_columns == 0


def test_a_very_long_line_comes_as_windows_that_keep_their_columns() -> None:
    text = "é" * 50_000 + "qwen/a" + "模" * 50_000 + "qwen/b" + "z" * 50_000
    limits = Limits(parse_bytes=1000, window_chars=100)
    windows = read_sources(member(text.encode()), SEARCH, limits).sources
    assert [window.text.count("qwen") for window in windows] == [1, 1]
    assert [window.offset_columns + window.text.index("qwen") for window in windows] == [50_000, 100_006]
    assert all("\ufffd" not in window.text for window in windows)


def test_hits_of_a_large_file_are_lines_of_the_whole() -> None:
    loaded = Loaded(path="a", data=b"1\n2 qwen qwen\n3\n4 qwen", size=22)
    assert to_source(loaded, Limits(parse_bytes=5), SEARCH.positions(loaded.data)).hits == (2, 4)
    assert to_source(loaded, Limits(), SEARCH.positions(loaded.data)).hits == ()


def test_the_number_of_windows_is_bounded() -> None:
    data = (b"qwen" + b"\n" * 50) * 100
    windows, left_out = cut_windows(data, SEARCH.positions(data), Limits(window_lines=5, windows=7))
    assert (len(windows), left_out) == (7, 93)
    windows, left_out = cut_windows(data, SEARCH.positions(data), Limits(window_lines=5, window_hits=9))
    assert (len(windows), left_out) == (9, 91)


def test_windows_of_dense_hits_are_no_larger_than_what_is_parsed_at_once_and_the_rest_is_named() -> None:
    data = b"m='qwen/x';" * 10_000
    limits = Limits(parse_bytes=5000, window_bytes=20_000)
    reading = read_sources(member(data), SEARCH, limits)
    assert 15_000 < sum(len(source.text) for source in reading.sources) <= 20_000
    assert max(len(source.text) for source in reading.sources) <= 5000
    text = "".join(source.text for source in reading.sources)
    assert data.decode().startswith(text), "the windows follow one another without a gap"
    (row,) = reading.skipped
    assert row.reason.startswith("large file: 8,")
    assert row.files == 0


def test_where_there_are_too_many_windows_those_that_count_are_kept_and_the_rest_is_counted() -> None:
    data = b"call()\n" * 5000 + b"id = 'qwen/x'\n" + b"y\n" * 50
    calls, last = tuple(range(0, 35_000, 7)), data.index(b"qwen")
    loaded = Loaded(path="a.js", data=data, size=len(data))
    limits = Limits(parse_bytes=1000, window_bytes=2000, window_lines=4)
    assert "qwen" not in "".join(source.text for source in to_windows(loaded, limits, (*calls, last)).sources)
    reading = to_windows(loaded, limits, (*calls, last), strong=(last,))
    (source,) = reading.sources
    assert "qwen/x" in source.text
    assert source.hits == (5001,)
    (row,) = reading.skipped
    assert row.reason.startswith("large file: 4,996 of 5,001 places"), "four calls stand before it in its window"


def test_windows_are_narrow_where_wide_ones_do_not_hold_all_that_counts() -> None:
    data = (b"id = 'qwen/x'\n" + b"y\n" * 200) * 20
    positions = SEARCH.positions(data)
    limits = Limits(parse_bytes=1000, window_bytes=1500, window_lines=40, narrow_lines=5)
    loaded = Loaded(path="a.js", data=data, size=len(data))
    assert to_windows(loaded, limits, positions).skipped
    reading = to_windows(loaded, limits, positions, strong=positions)
    assert (len(reading.sources), reading.skipped) == (20, ())


def test_a_bundle_is_read_further_than_other_text() -> None:
    limits = Limits(text_bytes=10, code_bytes=40)
    text = b"const a = 1;\n" * 3
    assert [load(member(text, path=path), limits).truncated for path in ("a.css", "out/cli.cjs")] == [True, False]


@settings(max_examples=150, deadline=None)
@given(
    data=st.lists(st.sampled_from([b"qwen", b"\n", b"x" * 50, "é".encode(), b"\xff", b"ab\n" * 9]), max_size=60).map(
        b"".join
    ),
    window_lines=st.integers(1, 5),
    window_chars=st.integers(1, 60),
)
def test_windows_are_pieces_in_order_and_hold_every_hit(data: bytes, window_lines: int, window_chars: int) -> None:
    limits = Limits(window_lines=window_lines, window_chars=window_chars)
    positions = SEARCH.positions(data)
    windows, left_out = cut_windows(data, positions, limits)
    assert left_out == 0
    lines = {data.count(b"\n", 0, position) + 1 for position in positions}
    assert {line for window in windows for line in window.hits} == lines
    for window in windows:
        assert window.data in data
        first = data.split(b"\n")[window.offset_lines].decode("utf-8", "replace")
        assert first[window.offset_columns :].startswith(window.data.split(b"\n")[0].decode("utf-8", "replace")[:-1])


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=400), path=st.sampled_from(["a.py", "a.gguf", "a.ipynb", "a"]), parse=st.integers(0, 50))
def test_no_bytes_make_a_read_fail(data: bytes, path: str, parse: int) -> None:
    reading = read_sources(member(data, path), SEARCH, Limits(parse_bytes=parse, text_bytes=300), always=True)
    assert isinstance(reading, Reading)
    assert all(isinstance(source, SourceFile) and "\r" not in source.text for source in reading.sources)

"""zstd archives are read with the bounds of the others; without a library for them a sentence says what to install."""

from __future__ import annotations

import io
import struct
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.target.archives import make_tar, make_zip, scan
from vcdd.errors import TargetError
from vcdd.target.limits import MIB, Limits
from vcdd.target.open import open_target
from vcdd.target.zstd import can_read

FILES = {"pkg/a.py": b"a = 1", "pkg/b.bin.py": bytes(range(256)) * 40}
SMALL = Limits(ratio_floor=MIB, ratio=50)
MAGIC = b"\x28\xb5\x2f\xfd"

needs_library = pytest.mark.skipif(not can_read(), reason="no zstd library: pip install 'vcdd[zstd]'")


def pack(data: bytes, level: int = 3) -> bytes:
    library = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    return bytes(library.compress(data, level))


@pytest.fixture
def _no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)


@needs_library
class TestWithALibrary:
    def test_a_tar_gives_its_files(self) -> None:
        assert scan(pack(make_tar(FILES))) == (FILES, {})

    def test_a_tar_given_as_target_is_an_archive(self, tmp_path: Path) -> None:
        (tmp_path / "repo.tar.zst").write_bytes(pack(make_tar(FILES)))
        with open_target(str(tmp_path / "repo.tar.zst")) as target:
            assert target.info.kind == "archive"
            assert [entry.path for entry in target.entries()] == list(FILES)

    def test_one_inside_a_zip_is_opened_in_depth(self) -> None:
        whole = make_zip({"dist/pkg.tar.zst": pack(make_tar(FILES))})
        assert scan(whole, deep=True)[0] == {f"dist/pkg.tar.zst!{name}": data for name, data in FILES.items()}

    def test_several_frames_in_a_row_are_one(self) -> None:
        tar = make_tar({"a.py": b"a" * 3000})
        assert scan(pack(tar[:700]) + pack(tar[700:]))[0] == {"a.py": b"a" * 3000}

    def test_a_flood_of_empty_frames_is_refused(self) -> None:
        assert "too many empty streams" in scan(pack(b"") * 3000)[1]["the archive"]

    def test_a_bomb_stops_where_it_starts_to_be_one(self) -> None:
        files, reasons = scan(pack(make_tar({"a.py": b"x", "zeros.py": bytes(40 * MIB)}), 19), limits=SMALL)
        assert files == {"a.py": b"x"}
        assert reasons == {"the archive": "expands more than 50 times; the rest was not read x0"}

    def test_a_window_of_a_gigabyte_is_refused_before_it_is_taken(self) -> None:
        # RFC 8878, 3.1.1.1: no single segment; exponent 20 in the window descriptor is 2^30 bytes.
        frame = MAGIC + bytes([0, 20 << 3]) + struct.pack("<I", 1)[:3]
        assert scan(frame + bytes(600))[1]["the archive"].startswith("damaged archive: ")

    @pytest.mark.parametrize("cut", [5, 20, 60, -1])
    def test_what_ends_too_early_says_so(self, cut: int) -> None:
        _, reasons = scan(pack(make_tar(FILES))[:cut])
        assert "too early" in reasons["the archive"] or "not a tar" in reasons["the archive"]

    def test_what_is_compressed_but_no_tar_says_so(self) -> None:
        assert scan(pack(b'{"a": 1}' * 200))[1] == {"the archive": "not a tar archive x0"}
        assert scan(MAGIC + bytes(1000))[1]["the archive"].startswith("damaged archive: ")

    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_no_bytes_make_it_fail(self, data: st.DataObject) -> None:
        whole = bytearray(pack(make_tar(FILES)))
        for _ in range(data.draw(st.integers(0, 6))):
            whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
        found, reasons = scan(bytes(whole[: data.draw(st.integers(5, len(whole)))]))
        assert all(isinstance(content, bytes) for content in found.values())
        assert all(reasons.values())


@pytest.mark.usefixtures("_no_library")
class TestWithoutALibrary:
    def test_a_target_is_refused_with_what_to_install(self, tmp_path: Path) -> None:
        (tmp_path / "x.tar.zst").write_bytes(MAGIC + bytes(600))
        with pytest.raises(TargetError, match="zstd needs a package that is not installed") as caught:
            open_target(str(tmp_path / "x.tar.zst"))
        assert "vcdd[zstd]" in caught.value.help

    def test_a_member_is_a_row(self) -> None:
        assert scan(MAGIC + bytes(1000))[1] == {
            "the archive": "zstd needs a package that is not installed: pip install 'vcdd[zstd]' x0"
        }

    def test_other_archives_do_not_mind(self) -> None:
        assert scan(io.BytesIO(make_tar(FILES, mode="w:xz")).getvalue()) == (FILES, {})

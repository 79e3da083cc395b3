"""Archives are read in memory, bounded, and whatever is wrong with them becomes a row."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.target.archives import make_tar, make_zip, scan
from vcdd.target.archive import archive_entries
from vcdd.target.limits import MIB, Limits

FILES = {"pkg/a.py": b"a = 1", "pkg/é模.py": b"", "pkg/" + "d" * 120 + "/" + "n" * 120 + ".py": b"long"}
SMALL = Limits(ratio_floor=MIB, ratio=50)


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_every_kind_of_tar_gives_its_files(mode: str, form: int) -> None:
    assert scan(make_tar(FILES, mode=mode, form=form)) == (FILES, {})


def test_an_old_ustar_gives_its_files() -> None:
    files = {"p" * 90 + "/" + "q" * 90: b"x", "short": b"y" * 5000}
    assert scan(make_tar(files, form=tarfile.USTAR_FORMAT)) == (files, {})


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_kind_of_zip_gives_its_files_sorted(compression: int) -> None:
    files, reasons = scan(make_zip(dict(reversed(FILES.items())), compression=compression))
    assert (files, reasons) == (FILES, {})
    assert list(files) == sorted(files)


def test_an_empty_zip_and_an_empty_tar_give_nothing() -> None:
    assert scan(make_zip({})) == ({}, {})
    assert scan(make_tar({})) == ({}, {})


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_names_that_lead_out_are_rows(make) -> None:
    evil = ["../up.py", "/etc/cron.d/x", "a/../../b", "..\\win.py", "C:\\x.py", "C:x"]
    files, reasons = scan(make({**dict.fromkeys(evil, b"boo"), "./ok//x.py": b"fine"}))
    assert files == {"ok/x.py": b"fine"}
    assert len(reasons) == len(evil)
    assert all(reason.startswith("its path leads out") for reason in reasons.values())


def test_links_devices_and_pipes_in_a_tar_are_rows() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            member = tarfile.TarInfo(f"m{kind.decode()}")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert scan(out.getvalue()) == (
        {},
        {"m2": "symbolic link x1", "m1": "hard link x1", "m3": "device or pipe x1", "m6": "device or pipe x1"},
    )


def test_links_and_locked_members_in_a_zip_are_rows() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.py", "x")
    data = bytearray(out.getvalue())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag for encryption, in the central directory
    assert scan(bytes(data)) == ({}, {"link": "symbolic link x1", "locked.py": "encrypted x1"})


def test_vendored_members_are_one_row_and_the_shipped_bundle_is_read() -> None:
    files = {"package/dist/app.min.js": b"m", "package/node_modules/a/i.js": b"1", "package/node_modules/b.js": b"2"}
    expected = ({"package/dist/app.min.js": b"m"}, {"package/node_modules": "vendored; use --deep x2"})
    assert scan(make_tar(files)) == expected
    assert scan(make_zip(files)) == expected
    assert set(scan(make_zip(files), deep=True)[0]) == set(files)


def test_an_archive_inside_is_opened_once_with_deep_only() -> None:
    inner = make_zip({"w/x.py": b"inner", "more.tgz": make_tar({"y": b"z"}, mode="w:gz")})
    outer = make_tar({"dist/pkg.whl": inner, "a.py": b"a"}, mode="w:gz")
    assert scan(outer) == ({"a.py": b"a"}, {"dist/pkg.whl": "archive; use --deep x1"})
    assert scan(outer, deep=True) == (
        {"a.py": b"a", "dist/pkg.whl!w/x.py": b"inner"},
        {"dist/pkg.whl!more.tgz": "archive too deep inside archives x1"},
    )


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_tar_bomb_stops_where_it_starts_to_be_one(pack) -> None:
    bomb = pack(make_tar({"a.py": b"a", "zeros.py": bytes(12 * MIB), "b.py": b"b"}))
    files, reasons = scan(bomb, limits=SMALL)
    assert set(files) <= {"a.py", "zeros.py"}
    assert reasons == {"the archive": "expands more than 50 times; the rest was not read x0"}


def test_a_zip_bomb_stops_and_no_member_is_kept_whole() -> None:
    bomb = make_zip({f"{number:03}.py": bytes(3 * MIB) for number in range(8)})
    files, reasons = scan(bomb, limits=SMALL)
    assert reasons == {"the archive": "expands more than 50 times; the rest was not read x0"}
    assert max(map(len, files.values()), default=0) <= SMALL.text_bytes + 1


def test_bytes_of_all_members_together_are_bounded() -> None:
    files = {f"{number}.py": bytes(range(256)) * 40 for number in range(50)}
    for archive in (make_zip(files, compression=zipfile.ZIP_STORED), make_tar(files)):
        kept, reasons = scan(archive, limits=Limits(total_bytes=100_000))
        assert 5 < len(kept) < 12
        assert "more in the archive than the limit allows" in reasons["the archive"]


def test_a_long_member_is_cut_and_its_true_size_kept() -> None:
    for archive in (make_zip({"a.txt": b"abc" * MIB}), make_tar({"a.txt": b"abc" * MIB})):
        (entry,) = archive_entries(io.BytesIO(archive), "x", Limits(), deep=False)
        assert entry.size == 3 * MIB
        assert len(entry.read(5 * MIB)) == 2 * MIB + 1


def test_a_cut_off_tar_gives_what_came_before() -> None:
    whole = make_tar({"a.py": b"a", "b.py": b"b" * 5000})
    files, reasons = scan(whole[:2500])
    assert "a.py" in files
    assert reasons == {"the archive": "damaged archive: it ends too early x0"}


def test_a_cut_off_gzip_says_so() -> None:
    whole = make_tar({"a.py": b"a", "b.py": bytes(range(256)) * 50}, mode="w:gz")
    assert "damaged archive" in scan(whole[:-30])[1]["the archive"]


def test_a_damaged_zip_member_costs_one_row() -> None:
    data = bytearray(make_zip({"a.py": b"aaaa", "b.py": b"bbbb"}, compression=zipfile.ZIP_STORED))
    data[data.find(b"aaaa")] = 0x7A
    files, reasons = scan(bytes(data))
    assert files == {"b.py": b"bbbb"}
    assert reasons["a.py"].startswith("damaged member")


def test_an_extended_header_of_absurd_size_is_refused() -> None:
    header = tarfile.TarInfo("x")
    header.type, header.size = b"x", 8**11 - 1
    assert scan(header.tobuf())[1]["the archive"].startswith("damaged archive: an extended header of absurd size")


def test_a_negative_size_is_refused() -> None:
    header = bytearray(tarfile.TarInfo("x").tobuf())
    header[124:136] = b"\xff" * 12
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    assert "a negative size" in scan(bytes(header))[1]["the archive"]


def test_a_zip_whose_directory_is_too_large_is_refused() -> None:
    data = make_zip({"a": b""})
    at = data.rfind(b"PK\x05\x06")
    huge = data[: at + 12] + struct.pack("<I", 900 * MIB) + data[at + 16 :]
    assert scan(huge)[1] == {"the archive": "the zip lists more members than the limit allows x0"}


def test_what_is_compressed_but_no_tar_says_so() -> None:
    assert scan(gzip.compress(b'{"a": 1}' * 200))[1] == {"the archive": "not a tar archive x0"}


def test_several_streams_in_a_row_are_one() -> None:
    tar = make_tar({"a.py": b"a" * 3000})
    for pack in (gzip.compress, bz2.compress, lzma.compress):
        assert scan(pack(tar[:700]) + pack(tar[700:]))[0] == {"a.py": b"a" * 3000}


def test_a_flood_of_empty_streams_is_refused() -> None:
    assert "too many empty streams" in scan(gzip.compress(b"") * 2000)[1]["the archive"]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_bytes_make_an_archive_fail(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["zip", "tar", "gz", "bz2", "xz"]))
    files = {"a/b.py": b"x = 1\n" * 30, "c.txt": bytes(range(256))}
    whole = bytearray(make_zip(files) if kind == "zip" else make_tar(files, mode="w" if kind == "tar" else f"w:{kind}"))
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    found, reasons = scan(bytes(whole[: data.draw(st.integers(5, len(whole)))]))
    assert all(isinstance(content, bytes) for content in found.values())
    assert all(reasons.values())

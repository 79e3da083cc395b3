"""A saved image gives what a container would see, and names the layer."""

from __future__ import annotations

import gzip
import hashlib
import io
import json

import pytest

from tests.target.archives import make_image, make_tar, make_zip, scan, sort
from vcdd.target.image import image_entries
from vcdd.target.image_config import to_dockerfile
from vcdd.target.image_survey import is_image
from vcdd.target.limits import Limits


def look(image: bytes, *, deep: bool = False) -> tuple[dict[str, bytes], dict[str, str]]:
    files, reasons = sort(list(image_entries(io.BytesIO(image), "the image", Limits(), deep=deep)))
    files.pop("image!Dockerfile", None)
    return files, reasons


@pytest.mark.parametrize("packed", ["w", "w:gz"])
@pytest.mark.parametrize("wrap", [bytes, gzip.compress])
def test_higher_layers_replace_and_remove_what_lower_ones_hold(packed: str, wrap) -> None:
    image = make_image(
        {"app/a.py": b"old", "app/b.py": b"b", "app/gone.py": b"x", "srv/old/x.py": b"x", "data/d.py": b"d"},
        {"app/a.py": b"new", "app/.wh.gone.py": b"", "srv/.wh.old": b""},
        {"data/.wh..wh..opq": b"", "data/e.py": b"e"},
        packed=packed,
    )
    assert look(wrap(image)) == (
        {"layer1!app/b.py": b"b", "layer2!app/a.py": b"new", "layer3!data/e.py": b"e"},
        {},
    )


def test_a_file_removed_and_made_again_is_there() -> None:
    image = make_image({"a.py": b"1"}, {".wh.a.py": b""}, {"a.py": b"3"})
    assert look(image) == ({"layer3!a.py": b"3"}, {})


def test_the_operating_system_and_packages_are_counted_not_read() -> None:
    image = make_image(
        {"usr/lib/x.py": b"1", "usr/lib/y.py": b"2", "bin/sh": b"3", "usr/src/app/m.py": b"m", "etc/c": b"c"}
    )
    files, reasons = look(image)
    assert files == {"layer1!usr/src/app/m.py": b"m", "layer1!etc/c": b"c"}
    assert reasons == {
        "layer1!usr/lib": "operating system; use --deep x2",
        "layer1!bin": "operating system; use --deep x1",
    }
    assert len(look(image, deep=True)[0]) == 5


def test_layers_of_the_older_form_and_links_between_them_are_followed() -> None:
    first, second = "a" * 64, "b" * 64
    manifest = [{"Layers": [f"{first}/layer.tar", f"{second}/layer.tar"], "Config": "x.json"}]
    image = make_tar(
        {
            f"{first}/layer.tar": make_tar({"app.py": b"1"}),
            f"{second}/layer.tar": f"../{first}/layer.tar",
            "manifest.json": json.dumps(manifest).encode(),
        }
    )
    assert is_image(io.BytesIO(image), Limits())
    assert look(image) == ({"layer1!app.py": b"1"}, {})


def test_an_oci_layout_is_an_image() -> None:
    blobs: dict[str, bytes] = {}

    def put(data: bytes) -> dict[str, str]:
        digest = hashlib.sha256(data).hexdigest()
        blobs[f"blobs/sha256/{digest}"] = data
        return {"digest": f"sha256:{digest}"}

    layers = [put(make_tar({"a.py": b"1", "b.py": b"1"}, mode="w:gz")), put(make_tar({"b.py": b"2"}))]
    config = put(json.dumps({"config": {"Env": ["MODEL=x"]}}).encode())
    manifest = put(json.dumps({"config": config, "layers": layers}).encode())
    index = {"manifests": [put(json.dumps({"manifests": [manifest]}).encode())]}
    image = make_tar({**blobs, "index.json": json.dumps(index).encode(), "oci-layout": b"{}"})
    assert is_image(io.BytesIO(image), Limits())
    assert look(image) == ({"layer1!a.py": b"1", "layer2!b.py": b"2"}, {})
    files, _ = sort(list(image_entries(io.BytesIO(image), "x", Limits(), deep=False)))
    assert files["image!Dockerfile"] == b'ENV MODEL="x"\n'


@pytest.mark.parametrize(
    "files",
    [
        {"a.py": b"", "manifest.json": b"[]"},
        {"manifest.json": b'{"manifest_version": 3, "name": "a browser extension"}'},
        {"manifest.json": b"[[["},
        {"blobs/x": b"", "other": b""},
    ],
)
def test_other_tars_are_no_images(files: dict[str, bytes]) -> None:
    assert not is_image(io.BytesIO(make_tar(files)), Limits())
    assert not is_image(io.BytesIO(make_tar(files, mode="w:gz")), Limits())


def test_a_zip_is_no_image() -> None:
    assert not is_image(io.BytesIO(make_zip({"manifest.json": b"[]"})), Limits())


def test_a_missing_and_a_damaged_layer_are_rows() -> None:
    layer = make_tar({"a.py": b"1" * 4000})
    names = ["a" * 64, "b" * 64, "c" * 64]
    manifest = [{"Layers": [f"{name}/layer.tar" for name in names]}]
    image = make_tar(
        {
            f"{names[0]}/layer.tar": layer[:2000],
            f"{names[2]}/layer.tar": b"\xfd7zXZ\0" + bytes(600),
            "manifest.json": json.dumps(manifest).encode(),
        }
    )
    files, reasons = look(image)
    assert reasons == {
        "layer1": "damaged archive: it ends too early x0",
        "layer2": "the layer is not in the file x0",
        "layer3": "damaged archive: Corrupt input data x0",
    }
    assert set(files) <= {"layer1!a.py"}


def test_paths_in_layers_that_lead_out_are_rows() -> None:
    assert look(make_image({"../../etc/x": b"1", "a.py": b"a"})) == (
        {"layer1!a.py": b"a"},
        {"layer1!../../etc/x": "its path leads out of the archive, or is too long x1"},
    )


def test_the_configuration_reads_like_a_dockerfile() -> None:
    config = {
        "history": [
            {"created_by": "/bin/sh -c #(nop) ADD file:1 in / "},
            {"created_by": "/bin/sh -c #(nop)  ENV A=1"},
            {"created_by": "RUN /bin/sh -c ollama pull qwen3:8b # buildkit"},
            {"created_by": "RUN |1 V=2 /bin/sh -c pip install vllm\n  -U # buildkit"},
            {"created_by": "COPY . /app # buildkit"},
            "nonsense",
        ],
        "config": {"Env": ["PATH=/bin", 'M="q"'], "Cmd": ["vllm", "serve"], "WorkingDir": "/app", "Entrypoint": None},
    }
    assert to_dockerfile(config).splitlines() == [
        "ADD file:1 in /",
        "RUN ollama pull qwen3:8b",
        "RUN pip install vllm -U",
        "COPY . /app",
        'ENV PATH="/bin"',
        'ENV M="\\"q\\""',
        "WORKDIR /app",
        'CMD ["vllm", "serve"]',
    ]


@pytest.mark.parametrize("config", [{}, {"history": 3, "config": []}, {"config": {"Env": {"a": 1}, "Cmd": 5}}])
def test_a_configuration_of_any_shape_is_survived(config: dict[str, object]) -> None:
    assert isinstance(to_dockerfile(config), str)


def test_an_image_scanned_as_an_ordinary_archive_would_say_its_layers_are_archives_or_binary() -> None:
    files, _ = scan(make_image({"a.py": b"1"}))
    assert "manifest.json" in files

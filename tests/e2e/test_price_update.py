"""`vcdd cost --update-prices`: one request, only on request, and the old dates stay visible when it fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.e2e.command import vcdd

LISTS = [
    {
        "id": "openai",
        "name": "OpenAI",
        "api_pattern": "openai",
        "models": [{"id": "gpt-5", "match": {"equals": "gpt-5"}, "prices": {"input_mtok": 7.5, "output_mtok": 9}}],
    }
]


@contextmanager
def served(body: bytes, status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """The address of a loopback server with one answer, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/data.json", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def target(tmp_path):
    (tmp_path / "app.py").write_text('from openai import OpenAI\nOpenAI().responses.create(model="gpt-5")\n')
    return str(tmp_path / "app.py")


def test_lists_are_fetched_once_on_request_and_kept_for_later_runs(tmp_path, target):
    with served(json.dumps(LISTS).encode()) as (url, asked):
        ran = vcdd("cost", target, "--update-prices", home=tmp_path, VCDD_PRICES_URL=url)
        later = vcdd("cost", target, home=tmp_path, VCDD_PRICES_URL=url)
    assert asked == ["/data.json"]
    assert (ran.status, "1 sellers, 1 models" in ran.err) == (0, True)
    assert "lists fetched 2026-11-24" in ran.out
    assert "7.5" in ran.out
    assert later.out == ran.out


@pytest.mark.parametrize(("body", "status", "said"), [(b"[]", 200, "empty"), (b"", 503, "status 503")])
def test_a_failed_refresh_keeps_the_old_prices_with_their_dates_and_says_so(tmp_path, target, body, status, said):
    with served(body, status) as (url, _):
        ran = vcdd("cost", target, "--update-prices", home=tmp_path, VCDD_PRICES_URL=url)
    assert ran.status == 3
    assert said in ran.err
    assert "genai-prices" in ran.out
    assert "fetched" not in ran.out

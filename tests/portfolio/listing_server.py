"""The Hub's list of models as a loopback server: thousands of composed models over many pages, and its moods."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


class ListingServer(ThreadingHTTPServer):
    """Serves `GET /api/models` sorted by downloads, in pages, and remembers every question."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, models: list[dict[str, Any]], page: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.models = sorted(
            models, key=lambda model: -count if isinstance(count := model.get("downloads"), int) else 0
        )
        self.page = page
        self.asked: list[dict[str, list[str]]] = []
        self.headers: list[dict[str, str]] = []
        self.replies: dict[int, tuple[int, dict[str, str], bytes]] = {}
        """By number of the question, from 0: another reply than the page."""

    @property
    def url(self) -> str:
        """The endpoint."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: ListingServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        number = len(self.server.asked)
        self.server.asked.append(query)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        if number in self.server.replies:
            self._send(*self.server.replies[number])
        elif parts.path != "/api/models":
            self._send(404, {}, b"")
        else:
            self._send(*self._page(query))

    def _page(self, query: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        task = query.get("pipeline_tag", [""])[0]
        found = [model for model in self.server.models if task in ("", model.get("pipeline_tag"))]
        start = int(query.get("cursor", ["0"])[0])
        stop = start + min(self.server.page, int(query["limit"][0]))
        rest = urlencode([(k, v) for k, vs in query.items() if k != "cursor" for v in vs] + [("cursor", stop)])
        headers = {"Link": f'<{self.server.url}/api/models?{rest}>; rel="next"'} if stop < len(found) else {}
        wanted = {*query["expand"], "id", "_id"}
        shown = [{key: value for key, value in model.items() if key in wanted} for model in found[start:stop]]
        return 200, headers, json.dumps(shown).encode()

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep the test output clean."""


@contextmanager
def listing(models: list[dict[str, Any]], page: int = 500) -> Iterator[ListingServer]:
    """A server on a free port, gone when the block ends."""
    server = ListingServer(models, page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

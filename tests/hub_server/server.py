"""The threaded server itself, its handler and the context manager that starts and stops it."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.hub_server.faults import Fault, Reply, limit_headers, reply_for

DOCUMENTS = Path(__file__).parent / "documents"
_MODELS = "/api/models"
_WAIT_S = 2.0


class HubServer(ThreadingHTTPServer):
    """A Hub that serves recorded documents and any that a test adds, counts questions and keeps their headers."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.documents: dict[str, dict[str, Any]] = recorded_documents()
        self.faults: dict[str, Fault] = {}
        self.renames: dict[str, str] = {}
        self.files: dict[str, object] = {}
        """JSON files of repositories by `org/name/file`, served by the resolver."""
        self.everything: Fault | None = None
        self.page_size = 100
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        """The endpoint to hand to the client."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def counts(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(urlsplit(path).path for path, _ in self.seen)

    def count(self, model_id: str) -> int:
        """How often this id was asked for."""
        return self.counts[f"{_MODELS}/{model_id}"]

    def add(self, model_id: str, **fields: object) -> None:
        """Serve a small composed document under this id."""
        self.documents[model_id] = {"_id": "0", "id": model_id, "modelId": model_id, **fields}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


@contextmanager
def running_hub() -> Iterator[HubServer]:
    """A server on a free port of 127.0.0.1, gone when the block ends."""
    server = HubServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def recorded_documents() -> dict[str, dict[str, Any]]:
    """The recorded documents by id."""
    loaded = (json.loads(path.read_bytes()) for path in sorted(DOCUMENTS.glob("*.json")))
    return {document["id"]: document for document in loaded}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without these two every request costs 44 ms of delayed acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: HubServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        with self.server.lock:
            self.server.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        query = parse_qs(parts.query)
        path = unquote(parts.path)
        if path == _MODELS:
            self._send(self._page(query))
        elif path.startswith(f"{_MODELS}/"):
            self._answer(path.removeprefix(f"{_MODELS}/"), query)
        elif "/resolve/main/" in path and not self.server.everything:
            content = self.server.files.get(path.lstrip("/").replace("/resolve/main/", "/"))
            self._send(Reply(status=404) if content is None else Reply(body=json.dumps(content).encode()))
        else:
            self._send(reply_for(self.server.everything or Fault.MISSING_404, path, {}))

    def _answer(self, model_id: str, query: dict[str, list[str]]) -> None:
        fault = self.server.everything or self.server.faults.get(model_id, Fault.OK)
        document = self._asked_fields(model_id, query)
        if fault in {Fault.SLOW, Fault.DRIP}:
            self._dawdle(fault)
        elif fault is Fault.SHORT:
            self._send(Reply(body=json.dumps(document).encode()), promise=10)
        elif fault is Fault.LOOP:
            self._send(Reply(status=307, headers={"Location": f"{_MODELS}/{model_id}"}))
        elif fault is Fault.RENAMED:
            self._send(Reply(status=307, headers={"Location": f"{_MODELS}/{self.server.renames[model_id]}"}))
        elif fault is Fault.ELSEWHERE:
            self._send(Reply(status=307, headers={"Location": self.server.renames[model_id]}))
        elif fault is Fault.RATE_LIMITED_ONCE and self.server.count(model_id) == 1:
            self._send(Reply(status=429, headers=limit_headers(0, 3)))
        elif document is None and fault is Fault.OK:
            self._send(reply_for(Fault.MISSING, model_id, {}))
        else:
            self._send(reply_for(fault, model_id, document or {"id": model_id}))

    def _asked_fields(self, model_id: str, query: dict[str, list[str]]) -> dict[str, Any] | None:
        """The document cut down to what `expand` asks for, as the Hub does."""
        document = self.server.documents.get(model_id)
        wanted = query.get("expand")
        if document is None or not wanted:
            return document
        return {key: value for key, value in document.items() if key in {*wanted, "_id", "id"}}

    def _page(self, query: dict[str, list[str]]) -> Reply:
        author = query.get("author", [""])[0]
        if self.server.everything:
            return reply_for(self.server.everything, author, {})
        start = int(query.get("cursor", ["0"])[0])
        mine = [self._asked_fields(name, query) for name in self.server.documents if name.startswith(f"{author}/")]
        stop = start + self.server.page_size
        headers = {}
        if stop < len(mine):
            rest = "&".join(f"{k}={v}" for k, vs in query.items() if k != "cursor" for v in vs)
            headers["Link"] = f'<{self.server.url}{_MODELS}?{rest}&cursor={stop}>; rel="next"'
        return Reply(headers=headers, body=json.dumps(mine[start:stop]).encode())

    def _dawdle(self, fault: Fault) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        if fault is Fault.DRIP:
            self.end_headers()
        for _ in range(20):
            if self.server.closing.wait(_WAIT_S / 20):
                break
            if fault is Fault.DRIP:
                self.wfile.write(b" ")
                self.wfile.flush()
        self.close_connection = True

    def _send(self, reply: Reply, promise: int = 0) -> None:
        etag = f'W/"{sha256(reply.body).hexdigest()[:16]}"'
        if reply.status == 200 and self.headers.get("If-None-Match") == etag:
            reply = Reply(status=304)
        self.send_response(reply.status)
        headers = {"Content-Type": "application/json; charset=utf-8"} | reply.headers
        if reply.status == 200:
            headers["ETag"] = etag
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) + promise))
        self.end_headers()
        self.wfile.write(reply.body)
        if promise:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Keep the test output clean."""

"""Git over HTTP on loopback: `git http-backend` behind the standard library's server, and servers that misbehave."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.target.git import ENVIRONMENT, git


class GitHandler(BaseHTTPRequestHandler):
    """One CGI call of `git http-backend` a request. The server carries `root` and a list `seen` of (path, headers)."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        environment = {
            **ENVIRONMENT,
            "GIT_PROJECT_ROOT": str(self.server.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "CONTENT_LENGTH": str(len(body)),
        }
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, check=False)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        lines = [line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line]
        status = next((value for name, value in lines if name == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for name, value in lines:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 -- the name the server looks for

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler], root: Path | None = None) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.root, server.seen = root, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def address(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/{path}"


def publish(work: Path, root: Path, name: str) -> Path:
    """A bare copy of a repository that may be fetched in every way a forge offers."""
    git(work, "clone", "--quiet", "--bare", str(work), str(root / name))
    git(root / name, "config", "uploadpack.allowFilter", "true")
    git(root / name, "update-server-info")
    return root / name


def redirecting(to: str) -> type[BaseHTTPRequestHandler]:
    """A handler that sends every request elsewhere."""

    class Redirecting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.seen.append((self.path, dict(self.headers)))
            self.send_response(302)
            self.send_header("Location", to + self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815 -- the name the server looks for

        def log_message(self, *_: object) -> None:
            return

    return Redirecting


def silent() -> tuple[type[BaseHTTPRequestHandler], threading.Event]:
    """A handler that never answers until the event is set."""
    release = threading.Event()

    class Silent(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            release.wait(60)

        def log_message(self, *_: object) -> None:
            return

    return Silent, release


def dumb(root: Path) -> Callable[..., BaseHTTPRequestHandler]:
    """A plain file server, git's dumb protocol."""

    class Dumb(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=os.fspath(root))

        def log_message(self, *_: object) -> None:
            return

    return Dumb

"""nginx for the lessons' site, two portals and a stranger: each by its real name, over TLS, on one port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ports import free_port

ROOT = Path(__file__).parents[3]
LESSONS = "microlearning.example.gc.ca"
PORTAL = "portal.example.gc.ca"
OTHER_PORTAL = "portail.exemple.gc.ca"
"""On the list too, and another site, as `gc.ca` is a public suffix: storage in its frames is third-party."""

STRANGER = "stranger.example.org"

_MAIN = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  ssl_certificate {folder}/own.crt;
  ssl_certificate_key {folder}/own.key;
  server {{
    listen 127.0.0.1:{port} {protocols};
    server_name {lessons};
    root {site};
    include {site}/.nginx/portals.conf;
    include {shipped};
  }}
  server {{
    listen 127.0.0.1:{port} {protocols};
    server_name {portals};
    root {portal};
    charset utf-8;
    types {{ text/html html; text/css css; }}
  }}
}}
"""


@contextmanager
def serving(folder: Path, site: Path, portal: Path, *, protocols: str = "ssl") -> Iterator[int]:
    """Serve `site` as we ship it, and `portal` under the names of the others; give the port.

    `folder` is empty and nginx's own.

    Raises:
        AssertionError: nginx refuses the configuration.
    """
    port = free_port()
    _certificate(folder)
    main = folder / "nginx.conf"
    main.write_text(
        _MAIN.format(
            folder=folder,
            port=port,
            protocols=protocols,
            lessons=LESSONS,
            site=site,
            shipped=ROOT / "deploy" / "nginx.conf",
            portals=f"{PORTAL} {OTHER_PORTAL} {STRANGER}",
            portal=portal,
        ),
        encoding="utf-8",
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is not installed: see tools/apt-test.txt"
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(main)]
    check = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stderr
    with subprocess.Popen(command) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _certificate(folder: Path) -> None:
    """A certificate that signs itself, for this run only; the browser is told to take it."""
    key = (
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        folder / "own.key",
    )
    subject = ("-days", "2", "-subj", "/CN=tests", "-out", folder / "own.crt")
    subprocess.run(
        ["openssl", "req", "-x509", *key, *subject],
        capture_output=True,
        check=True,
    )


def _wait_for(port: int) -> None:
    """Until something listens at `port`, for at most 10 s of refusals."""
    for _ in range(1000):
        with socket.socket() as probe:
            probe.settimeout(0.01)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise AssertionError(f"nothing listens at port {port}")

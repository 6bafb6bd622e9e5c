"""How servers show the site: the files of `deploy/`, each run as it is, or compared with the others."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from browser.portal.servers import LESSONS, ROOT, serving
from microlearning.portals import frame_ancestors
from ports import free_port

PAGE, LESSON, EMBED = "/fr/a-propos/", "/en/trn1-v13/", "/fr/trn1-v13/embed-cards.html"
SEARCH, LISTS = (
    ("/fr/recherche/", "/en/search/"),
    ("/fr/lessons.json", "/en/feed.xml", "/fr/trn1-v13/oembed.json"),
)
CAPTIONS, MISSING = "/fr/trn1-v13/captions.vtt", "/fr/nulle-part/"
POLICY = (
    *("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"),
    *("Permissions-Policy", "Access-Control-Allow-Origin", "Cache-Control"),
)

_APACHE = """
ServerRoot {folder}
ServerName {lessons}
PidFile {folder}/apache.pid
ErrorLog {folder}/apache.log
TypesConfig /dev/null
Listen 127.0.0.1:{port}
{modules}
{user}
<VirtualHost *:{port}>
  DocumentRoot {site}
  <Directory {site}>
    Require all granted
  </Directory>
  Define FRAMERS "{portals}"
  Include {shipped}
</VirtualHost>
"""
_MODULES = ("mpm_event", "authz_core", "alias", "deflate", "dir", "filter", "headers", "mime")


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def policy(self) -> dict[str, str | None]:
        """The headers that protect readers, by name."""
        return {name: self.headers[name] for name in POLICY}


Ask = Callable[..., Answer]


def portals() -> str:
    """Who may frame a lesson, as the site's settings have it."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return frame_ancestors(yaml.safe_load(text)["extra"]["portals"])


@contextmanager
def apache(site: Path) -> Iterator[int]:
    """Apache with the file that we ship; give the port.

    Its folder is readable by all, as Apache started by root gives its rights up.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        published = shutil.copytree(site, folder / "site")
        port = free_port()
        modules = "/usr/lib/apache2/modules"
        main = folder / "apache.conf"
        main.write_text(
            _APACHE.format(
                folder=folder,
                lessons=LESSONS,
                port=port,
                modules="\n".join(f"LoadModule {one}_module {modules}/mod_{one}.so" for one in _MODULES),
                user="User nobody\nGroup nogroup" if os.geteuid() == 0 else "",
                site=published,
                portals=portals(),
                shipped=ROOT / "deploy" / "apache.conf",
            ),
            encoding="utf-8",
        )
        with subprocess.Popen(["/usr/sbin/apache2", "-f", str(main), "-DFOREGROUND"]) as server:
            try:
                wait_for(port, server)
                yield port
            finally:
                server.terminate()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until something listens at `port`.

    Raises:
        AssertionError: the server ended, or said nothing for 10 s.
    """
    for _ in range(500):
        assert server.poll() is None, "Apache refuses the configuration"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nothing listens at port {port}")


@contextmanager
def connected(server: str, site: Path, folder: Path) -> Iterator[Ask]:
    """`server` running; give what asks it for an address."""
    running = serving(folder, site, folder) if server == "nginx" else apache(site)
    with running as port:

        def ask(address: str, method: str = "GET", **headers: str) -> Answer:
            named = {name.replace("_", "-"): value for name, value in headers.items()} | {"Host": LESSONS}
            link: http.client.HTTPConnection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            if server == "nginx":
                any_certificate = ssl._create_unverified_context()  # noqa: S323, SLF001 - our own, for this run
                link = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=any_certificate)
            link.request(method, address, headers=named)
            response = link.getresponse()
            answer = Answer(response.status, response.headers, response.read())
            link.close()
            return answer

        yield ask


@pytest.fixture(scope="module")
def servers(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ask]]:
    """Both servers, asked by name."""
    with (
        connected("nginx", site, tmp_path_factory.mktemp("nginx")) as nginx,
        connected("apache", site, tmp_path_factory.mktemp("apache")) as other,
    ):
        yield {"nginx": nginx, "apache": other}


@pytest.fixture(params=["nginx", "apache"])
def ask(servers: dict[str, Ask], request: pytest.FixtureRequest) -> Ask:
    """One of the servers."""
    return servers[request.param]


def directives(answer: Answer) -> dict[str, str]:
    """The content security policy of `answer`, by directive."""
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


@pytest.mark.parametrize("address", [PAGE, LESSON, CAPTIONS, "/404.html", MISSING])
def test_every_answer_bears_the_policy_and_refuses_frames(ask: Ask, address: str) -> None:
    answer = ask(address)
    assert answer.status == (404 if address == MISSING else 200)
    own = ("style", "img", "media", "font", "connect", "worker", "frame")
    assert directives(answer) == {
        "default-src": "'none'",
        "script-src": "'self'",
        **{f"{name}-src": "'self'" for name in own},
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_page_for_frames_is_for_the_portals(ask: Ask) -> None:
    answer = ask(EMBED)
    assert directives(answer)["frame-ancestors"] == portals()
    assert answer.headers["X-Frame-Options"] is None


@pytest.mark.parametrize("address", SEARCH)
def test_only_search_compiles_webassembly(ask: Ask, address: str) -> None:
    assert directives(ask(address))["script-src"] == "'self' 'wasm-unsafe-eval'"


@pytest.mark.parametrize("address", LISTS)
def test_portals_may_read_the_lists(ask: Ask, address: str) -> None:
    assert ask(address).headers["Access-Control-Allow-Origin"] == "*"
    assert ask(PAGE).headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (PAGE, "text/html; charset=utf-8"),
        (CAPTIONS, "text/vtt; charset=utf-8"),
        ("/en/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/en/lessons.json", "application/json; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/fr/trn1-v13/checklist.pdf", "application/pdf"),
        ("/assets/favicon.svg", "image/svg+xml"),
        ("/en/search-index/wasm.en.pagefind", "application/octet-stream"),
    ],
)
def test_media_types(ask: Ask, address: str, kind: str) -> None:
    assert ask(address).headers["Content-Type"].lower() == kind


def one_of(site: Path, pattern: str) -> str:
    """The address of a file of the site, by a pattern of names."""
    return "/" + next(iter(sorted(site.rglob(pattern)))).relative_to(site).as_posix()


def test_a_video_seeks(ask: Ask, site: Path) -> None:
    video = one_of(site, "*.mp4")
    answer = ask(video, Range="bytes=100-199")
    assert answer.status == 206
    assert answer.body == (site / video[1:]).read_bytes()[100:200]
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["Content-Range"].startswith("bytes 100-199/")
    assert ask(video, Range="bytes=0-1,3-4,6-7,9-10,12-13,15-16").status in {200, 416}


@pytest.mark.parametrize("pattern", ["site.*.css", "site.*.js"])
def test_what_bears_a_fingerprint_is_kept(ask: Ask, site: Path, pattern: str) -> None:
    file = next(iter(sorted((site / "assets").glob("*" + pattern.removeprefix("site")))))
    answer = ask(f"/assets/{file.name}")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_what_has_not_changed_is_not_sent_again(ask: Ask, coding: str) -> None:
    first = ask(LESSON, Accept_Encoding=coding)
    again = ask(LESSON, Accept_Encoding=coding, If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("address", [LESSON, CAPTIONS, "/fr/lessons.json"])
def test_text_is_compressed_for_who_can_read_it(ask: Ask, address: str) -> None:
    plain, packed = ask(address, Accept_Encoding="identity"), ask(address, Accept_Encoding="gzip")
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.body) == plain.body
    assert packed.policy() == plain.policy()


@pytest.mark.parametrize("pattern", ["assets/site.*.css", "assets/site.*.js", "embed.js"])
def test_nginx_sends_what_lies_ready_compressed(servers: dict[str, Ask], site: Path, pattern: str) -> None:
    (file,) = site.glob(pattern)
    answer = servers["nginx"](f"/{file.relative_to(site).as_posix()}", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.body == file.with_name(f"{file.name}.gz").read_bytes()
    assert servers["nginx"](f"/{file.relative_to(site).as_posix()}.gz").status == 404


@pytest.mark.parametrize("address", ["/.nginx/portals.conf", "/index.html.gz", "/fr/.x"])
def test_what_is_not_for_readers_has_no_address(ask: Ask, address: str) -> None:
    assert ask(address).status == 404


@pytest.mark.parametrize("address", [PAGE, LESSON, EMBED, *SEARCH, *LISTS, CAPTIONS, MISSING])
def test_servers_send_the_same_policy(servers: dict[str, Ask], address: str) -> None:
    assert servers["apache"](address).policy() == servers["nginx"](address).policy()


# --- IIS: read, not run


def iis(address: str) -> dict[str, str | None]:
    """The policy that `deploy/web.config` gives the answer at `address`."""
    tree = ET.parse(ROOT / "deploy" / "web.config")  # noqa: S314 - a file of this project
    sent: dict[str, str | None] = dict.fromkeys(POLICY)
    sent |= {one.attrib["name"]: one.attrib["value"] for one in tree.iter("add") if "name" in one.attrib}
    for rule in tree.iter("rule"):
        conditions = rule.findall("conditions/add")
        holds = all(
            bool(re.search(one.attrib["pattern"], address)) is (one.get("negate") != "true")
            for one in conditions
        )
        match, action = rule.find("match"), rule.find("action")
        assert match is not None
        assert action is not None
        name = match.attrib["serverVariable"].removeprefix("RESPONSE_").replace("_", "-")
        if holds:
            assert sent[name] is None, f"two rules give {name} to {address}"
            sent[name] = action.attrib["value"]
    return sent


@pytest.mark.parametrize("address", [PAGE, LESSON, EMBED, *SEARCH, *LISTS, CAPTIONS, "/404.html"])
def test_iis_is_told_the_policy_of_nginx(servers: dict[str, Ask], address: str) -> None:
    assert iis(address) == servers["nginx"](address).policy()


def test_iis_keeps_what_bears_a_fingerprint(servers: dict[str, Ask], site: Path) -> None:
    address = one_of(site / "assets", "*.????????.css")
    assert iis(f"/assets{address}") == servers["nginx"](f"/assets{address}").policy()


def test_iis_knows_the_type_of_every_file(site: Path) -> None:
    tree = ET.parse(ROOT / "deploy" / "web.config")  # noqa: S314 - a file of this project
    known = {one.attrib["fileExtension"] for one in tree.iter("mimeMap")}
    published = {file.suffix for file in site.rglob("*") if file.is_file()}
    assert published - {".conf", ".gz", ".br"} <= known

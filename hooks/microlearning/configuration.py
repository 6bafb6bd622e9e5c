"""What `mkdocs.yml` says, read by MkDocs, as the plan of a build."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import is_markdown_file
from pathspec.gitignore import GitIgnoreSpec

from microlearning import assets, view
from microlearning import ledger as book
from microlearning.conformance import read_report
from microlearning.dates import today
from microlearning.errors import Fault, LessonError
from microlearning.extension import LessonExtension
from microlearning.plan import Assets, Plan
from microlearning.portals import read_portals
from microlearning.project import Settings, drift_limit

T = TypeVar("T")
U = TypeVar("U")

HIDDEN = (".*", "/templates/")
"""What MkDocs never publishes (its documentation, `exclude_docs`)."""


def read_plan(config: MkDocsConfig, *, previewing: bool, pdfs: Path | None) -> tuple[Plan, list[Fault]]:
    """The plan, and what is wrong with the settings."""
    faults: list[Fault] = []
    file, docs, overrides = Path(config.config_file_path), Path(config.docs_dir), _overrides(config)
    written = file.read_text(encoding="utf-8")
    portals = _kept(faults, lambda: read_portals(config.extra.get("portals"), file.name, written), ())
    report = _kept(faults, lambda: read_report(docs, docs.name), None)
    site = view.Site(
        url=(config.site_url or "/").rstrip("/") + "/",
        names={one.locale: one.site_name for one in config.plugins["i18n"].config.languages},
        publishers=config.extra["publisher"],
        topics=config.extra["topics"],
        portals=portals,
        has_pdf=pdfs is not None,
    )
    settings, menu = _settings(config), _menu(config.nav)
    extensions, left_out = config.markdown_extensions, config.exclude_docs
    excluded = [each.pattern for each in left_out.patterns] if left_out else []
    values = (site, menu, report, extensions, settings.options, settings.drift_limit, excluded)
    plan = Plan(
        settings=settings,
        today=today(),
        published=Path(config.site_dir),
        pdfs=pdfs,
        site=site,
        assets=cache(lambda: _assets(config, overrides)),
        menu=menu,
        report=report,
        is_published=_is_published(config),
        world=lambda: book.world((book.PACKAGE.parent, overrides), (values, file.read_bytes())),
        previewing=previewing,
    )
    return plan, faults


def _overrides(config: MkDocsConfig) -> Path:
    return Path(config.theme.custom_dir or "")


def _settings(config: MkDocsConfig) -> Settings:
    """What MkDocs was told, as the author's tool reads it for itself."""
    return Settings(
        root=Path(config.config_file_path).resolve().parent,
        docs=Path(config.docs_dir),
        topics=config.extra["topics"],
        extensions=(*config.markdown_extensions, LessonExtension()),
        options=config.mdx_configs,
        publishers=config.extra["publisher"],
        drift_limit=drift_limit(config.extra),
    )


def _assets(config: MkDocsConfig, overrides: Path) -> Assets:
    """What belongs to the product itself, and the addresses of what is named by its content."""
    sheet = next(
        path for one in config.theme.dirs for path in Path(one).glob("assets/stylesheets/main.*.css")
    )
    contents = {
        "site.css": assets.stylesheet(overrides, sheet),
        "site.js": assets.script(overrides),
        "scheme.js": assets.scheme_script(overrides),
        "search.js": assets.search_script(overrides),
    }
    addresses = {name: f"assets/{assets.fingerprinted(name, text)}" for name, text in contents.items()}
    files = {f"assets/{file.name}": file.read_bytes() for file in (overrides / "assets").iterdir()}
    files |= {addresses[name]: text.encode() for name, text in contents.items()}
    files["embed.js"] = (overrides / "embed.js").read_bytes()
    return Assets(files | assets.compressed(files), addresses)


def _menu(nav: Any) -> tuple[str, ...]:  # noqa: ANN401 - as the settings have it
    """The shared names of the pages that `nav` lists, at whatever depth."""
    if isinstance(nav, str):
        return (nav.removesuffix(".md"),) if nav.endswith(".md") else ()
    parts = nav.values() if isinstance(nav, dict) else nav or ()
    return tuple(name for part in parts for name in _menu(part))


def _is_published(config: MkDocsConfig) -> Callable[[str], bool]:
    """Whether a file of `docs/` is copied to the site: neither a page nor left out by the settings."""
    left_out = GitIgnoreSpec.from_lines(HIDDEN) + (config.exclude_docs or GitIgnoreSpec.from_lines(()))

    def is_published(name: str) -> bool:
        return not (is_markdown_file(name) or left_out.match_file(name))

    return is_published


def _kept(faults: list[Fault], read: Callable[[], T], otherwise: U) -> T | U:
    """What `read` gives; `otherwise` when it fails, and then its faults join `faults`."""
    try:
        return read()
    except LessonError as error:
        faults += error.faults
        return otherwise

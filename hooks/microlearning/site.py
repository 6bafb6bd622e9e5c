"""Addresses and languages: where each page goes, what it knows of its twin, and when a build counts.

One of the two modules that know MkDocs, with `rendered`. MkDocs builds once per language, the second
build nested in the end of the first; what both share stands in one `_Build`, made anew for each build.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from microlearning import assets, feeds, metadata, render, shelves, view
from microlearning.beside import lesson_files, sheet_files
from microlearning.catalogue import catalogue
from microlearning.check import check_project, waiver_of
from microlearning.conformance import Report, read_report
from microlearning.dates import today
from microlearning.errors import Fault, LessonError
from microlearning.extension import LessonExtension
from microlearning.frontmatter import LessonPage as LessonFront
from microlearning.frontmatter import PlainPage
from microlearning.lesson import Lesson
from microlearning.metadata import Card, Twins
from microlearning.page import LessonPage, read_lesson_page
from microlearning.pdf import missing_packages
from microlearning.portals import INCLUDE, fill, nginx_include, read_portals
from microlearning.project import Project, Settings, drift_limit, read_project
from microlearning.publish import beside, building_folder, swap
from microlearning.related_lessons import Related
from microlearning.rendered import RenderedPage
from microlearning.search import search_document
from microlearning.search_index import FOLDER, index_later, write_index
from microlearning.section import Document, Source, read_document
from microlearning.sheet import PAGE, pdf_store, sign_faults
from microlearning.status import read_status, status_json
from microlearning.strings import LANGUAGES, author_language, interface, other
from microlearning.typography import set_html

log = get_plugin_logger("lessons")


@dataclass
class _Build:
    """What the builds of both languages share. A page's key is its file's name under `docs/`."""

    root: Path
    """The project's folder: authors' messages name files from here."""

    published: Path
    """Where the finished site goes."""

    project: Project
    """What is written, read before MkDocs makes a page of it."""

    previewing: bool = False
    sources: dict[str, Source] = field(default_factory=dict)
    fronts: dict[str, LessonFront | PlainPage] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    """By product code."""

    pages: dict[str, LessonPage] = field(default_factory=dict)
    related: dict[str, Related] = field(default_factory=dict)
    """By language."""

    checklists: dict[str, dict[str, object]] = field(default_factory=dict)
    """What each lesson's `checklist.html` is told."""

    titles: dict[str, str] = field(default_factory=dict)
    navs: dict[str, Navigation] = field(default_factory=dict)
    """The menu's pages by language."""

    twins: dict[str, Twins] = field(default_factory=dict)
    """By the name that both languages' files share: `trn1-v13`, `index`."""

    portals: tuple[str, ...] = ()
    """Who may frame a lesson: origins."""

    report: Report | None = None
    """What the accessibility tests last found."""

    faults: list[Fault] = field(default_factory=list)
    has_pdf: bool = False
    site: view.Site | None = None
    env: Environment | None = None


_build = _Build(Path(), Path(), Project(Settings(Path(), Path(), {})))


# --- facts, before any page


def start(command: str) -> None:
    """Remember whether MkDocs builds to publish, or only to preview; let the collector pass over the modules.

    A build makes next to no cycles: to look for them as often as Python does takes a twentieth of its time.
    """
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
    _build.previewing = command == "serve"


def begin(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check every lesson and page; turn the build to a folder beside the published site.

    Raises:
        PluginError: an author has something to mend; not a page was made.
    """
    global _build  # noqa: PLW0603 - hooks have no object of their own to keep state in
    if _is_nested(config):
        return config
    render.environment.cache_clear()
    root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
    settings = _settings(config, root)
    project = read_project(settings)
    _build = _Build(root, Path(config.site_dir), project, previewing=_build.previewing)
    _build.sources, _build.fronts, _build.lessons = project.sources, project.fronts, project.lessons
    _tell((*check_project(project, today()).faults, *_read_portals(config), *_read_report(config)))
    if not _build.previewing:
        config.site_dir = str(beside(_build.published))
    config.markdown_extensions.append(LessonExtension())  # type: ignore[arg-type] # an instance works too
    config.theme.static_templates = set()  # ours are written at the end, once for both languages

    _find_pdf_tools()
    return config


def _settings(config: MkDocsConfig, root: Path) -> Settings:
    """What MkDocs was told, as the author's tool reads it for itself."""
    return Settings(
        root=root,
        docs=Path(config.docs_dir),
        topics=config.extra["topics"],
        extensions=(*config.markdown_extensions, LessonExtension()),
        options=config.mdx_configs,
        publishers=config.extra["publisher"],
        drift_limit=drift_limit(config.extra),
    )


def _find_pdf_tools() -> None:
    """Know whether PDFs can be made, and are wanted; where they cannot, say once what to install."""
    if os.environ.get("MICROLEARNING_PDF") == "0":
        return
    missing = missing_packages()
    _build.has_pdf = not missing
    if missing:
        log.warning(interface(author_language())["build.no-pdf"].format(packages=" ".join(missing)))


def _read_portals(config: MkDocsConfig) -> tuple[Fault, ...]:
    """Read which portals may frame the lessons; what is wrong with the list."""
    file = Path(config.config_file_path)
    try:
        _build.portals = read_portals(
            config.extra.get("portals"), file.name, file.read_text(encoding="utf-8")
        )
    except LessonError as error:
        return error.faults
    return ()


def _read_report(config: MkDocsConfig) -> tuple[Fault, ...]:
    """Read what the accessibility tests last found; what is wrong with it."""
    docs = Path(config.docs_dir)
    try:
        _build.report = read_report(docs, docs.name)
    except LessonError as error:
        return error.faults
    return ()


# --- addresses


def place(files: Files, config: MkDocsConfig) -> Files:
    """Give every file its promised address; keep the theme's own scripts and styles out of the site."""
    docs, overrides = Path(config.docs_dir), Path(config.theme.custom_dir or "")
    for file in [file for file in files if not _is_for_readers(file, docs, overrides)]:
        files.remove(file)
    for file in files:
        alternates: dict[str, File] = getattr(file, "alternates", {})
        for one in {id(one): one for one in (file, *alternates.values())}.values():
            _address(one, config)
            if one.src_uri in _build.project.pages and one.page is None:
                RenderedPage(one, config, _build.project.pages[one.src_uri])
        if file.src_uri in _build.fronts:
            twin = alternates.get(other(_language(file.src_uri)), file)
            _build.twins[_shared_name(file.src_uri)] = _twins(file, twin, config)
    _add_assets(files, config, overrides)
    return files


def _is_for_readers(file: File, docs: Path, overrides: Path) -> bool:
    """An author's file that could be read, or one of `overrides/assets/`."""
    if file.is_documentation_page() and _language(file.src_uri) in LANGUAGES:
        return file.src_uri in _build.sources
    return ((overrides if file.src_uri.startswith("assets/") else docs) / file.src_uri).exists()


def _address(file: File, config: MkDocsConfig) -> None:
    """`/fr/…` for a French file, `/en/…` for an English one, and as it lies for what both share."""
    file.dest_uri = file.url = file.src_uri
    if file.is_documentation_page() and _language(file.src_uri) in LANGUAGES:
        front = _build.fronts.get(file.src_uri)
        *folders, name = _shared_name(file.src_uri).split("/")
        if isinstance(front, PlainPage) and front.slug:
            name = front.slug
        parts = [_language(file.src_uri), *folders, *([] if name == "index" else [name])]
        file.url = "/".join(parts) + "/"
        file.dest_uri = f"{file.url}index.html"
    file.abs_dest_path = str(Path(config.site_dir, file.dest_uri))


def _twins(file: File, twin: File, config: MkDocsConfig) -> Twins:
    language, name = _language(file.src_uri), _shared_name(file.src_uri)
    urls = {language: file.url, other(language): f"{other(language)}/" if twin is file else twin.url}
    address = {one: urljoin(_url(config), url) for one, url in urls.items()}
    neutral = urljoin(_url(config), "" if name == "index" else f"{name}/")
    alone = language if twin is file else ""
    waived = waiver_of(_build.project.pairs.get(name, {}), today())
    return Twins(address["fr"], address["en"], neutral, paired=not (alone or waived), alone=alone)


def _language(src_uri: str) -> str:
    return src_uri.partition("/")[0]


def _shared_name(src_uri: str) -> str:
    return src_uri.partition("/")[2].removesuffix(".md")


def _url(config: MkDocsConfig) -> str:
    return (config.site_url or "/").rstrip("/") + "/"


def _add_assets(files: Files, config: MkDocsConfig, overrides: Path) -> None:
    """Add the style sheet and the script, named by their content, and describe the site that uses them."""
    sheet = next(
        path for one in config.theme.dirs for path in Path(one).glob("assets/stylesheets/main.*.css")
    )
    contents = {"site.css": assets.stylesheet(overrides, sheet), "site.js": assets.script(overrides)}
    contents["scheme.js"] = assets.scheme_script(overrides)
    address = {name: f"assets/{assets.fingerprinted(name, content)}" for name, content in contents.items()}
    for name, content in contents.items():
        files.append(File.generated(config, address[name], content=content))
    loader = (overrides / "embed.js").read_text(encoding="utf-8")
    files.append(File.generated(config, "embed.js", content=loader))
    languages = config.plugins["i18n"].config.languages
    _build.site = view.Site(
        url=_url(config),
        names={one.locale: one.site_name for one in languages},
        publishers=config.extra["publisher"],
        topics=config.extra["topics"],
        stylesheet=address["site.css"],
        script=address["site.js"],
        scheme=address["scheme.js"],
        portals=_build.portals,
        search=_search_addresses(),
        has_pdf=_build.has_pdf,
    )


def _search_addresses() -> dict[str, str]:
    """Where the search page stands in each language; nothing when the site has none."""
    twins = _build.twins.get("search")
    base = len(urljoin(twins.neutral, "..")) if twins else 0
    return {language: twins.of(language)[base:] for language in LANGUAGES} if twins else {}


# --- pages


def fill_page(html: str, page: Page) -> str:
    """The page's typography set and, on a lesson's page, its sections shown as components."""
    name = page.file.src_uri
    source, front = _build.sources.get(name), _build.fronts.get(name)
    if source is None or front is None:
        return html
    written = _build.project.pages.get(name)
    if written and written.lesson and written.html == html:
        _build.titles[name] = written.document.title
        _keep_lesson_page(name, written.lesson)
    else:
        html = set_html(html, _language(name))
        document = read_document(html, source)
        _build.titles[name] = document.title
        if isinstance(front, LessonFront) and front.lesson in _build.lessons:
            _gather(lambda: _read_lesson_page(name, document, front))
    page.meta["template"] = _template(name, front)
    lesson_page = _build.pages.get(name)
    if lesson_page:
        return html  # its template shows the model
    return fill(html, _build.portals, _build.site.url) if _build.site else html


def _template(name: str, front: LessonFront | PlainPage) -> str:
    """The lesson's template, the catalogue's, the plain one; the bare skeleton for a lesson with faults."""
    if isinstance(front, LessonFront):
        return "lesson.html" if name in _build.pages else "base.html"
    return front.template or ("home.html" if _shared_name(name) == "index" else "main.html")


def _read_lesson_page(name: str, document: Document, front: LessonFront) -> None:
    lesson = _build.lessons[front.lesson]
    _keep_lesson_page(name, read_lesson_page(document, lesson, front, _language(name)))


def _keep_lesson_page(name: str, page: LessonPage) -> None:
    _build.pages[name] = page
    _build.faults += sign_faults(page)


def furnish(env: Environment, config: MkDocsConfig) -> Environment:
    """Give the page templates their words; escape in ours, as the theme's own templates do not."""
    overrides = Path(config.theme.custom_dir or "")
    ours = {path.relative_to(overrides).as_posix() for path in overrides.rglob("*.html")}
    env.autoescape = lambda name: name in ours
    env.auto_reload = False  # a template is looked for once a build, not once a use
    env.trim_blocks = env.lstrip_blocks = True
    render.furnish(env)
    _build.env = env
    return env


def tell_page(context: dict[str, Any], page: Page, nav: Navigation) -> dict[str, Any]:
    """Everything that a page's template shows beside the author's content."""
    name, site = page.file.src_uri, _build.site
    root = "../" * page.url.count("/")
    _build.navs[_language(name)] = nav
    if site is None or _is_faulty(name):
        return context | (view.any_page(site, _language(name), root) if site else {})
    twins, card = _build.twins[_shared_name(name)], _card(name, site)
    context |= view.content_page(site, card, twins, root, _menu(page, nav, root))
    context["waiver"] = waiver_of(_build.project.pairs.get(_shared_name(name), {}), today())
    pages = {} if name in _build.pages else _pages_of(card.language)
    if name in _build.pages:
        context |= view.lesson_page(site, _build.pages[name], card, twins, root)
        context |= view.guide_link(site, _build.twins.get("embed"), card.language, root)
        context |= view.related(site, _build.pages[name], _related_of(card.language))
        _build.checklists[name] = view.checklist_page(site, _build.pages[name], card, twins, context)
    if page.meta["template"] == "embed-guide.html":
        context |= view.guide_page(site, pages.values(), _build.twins)
    if page.meta["template"] == "status.html":
        context["pairs"] = view.status_pairs(read_status(_build.project, today()), _build.twins, site, root)
    if page.meta["template"] == "accessibility.html":
        context["conformance"] = view.statement(_build.report, card.language)
    if context["is_home"] or context["is_search"]:
        context |= shelves.shelf_page(site, catalogue(pages.values(), site.topics), card.language)
    if context["is_search"]:
        context |= view.search_page(site, pages.values(), card.language)
    return context


def _related_of(language: str) -> Related:
    """The related lessons in `language`: asked for once all its pages are read."""
    if language not in _build.related:
        _build.related[language] = Related(_pages_of(language))
    return _build.related[language]


def _pages_of(language: str) -> dict[str, LessonPage]:
    """The lessons' pages in `language`, by product code."""
    return {page.lesson.code: page for page in _build.pages.values() if page.language == language}


def _is_faulty(name: str) -> bool:
    """Whether the page could not be read; the build will stop, once both languages are read."""
    return name not in _build.titles or (
        isinstance(_build.fronts[name], LessonFront) and name not in _build.pages
    )


def _card(name: str, site: view.Site) -> Card:
    front, twins = _build.fronts[name], _build.twins[_shared_name(name)]
    if isinstance(front, PlainPage):
        return view.plain_card(front, _build.titles[name], _language(name), twins, site)
    return view.lesson_card(_build.pages[name], twins, site)


def _menu(page: Page | None, nav: Navigation, root: str) -> list[view.MenuItem]:
    """The pages of `nav` in mkdocs.yml; the catalogue goes by what it holds, not by the site's name."""
    return [
        view.MenuItem(
            title=_menu_title(one.file.src_uri),
            href=root + one.url,
            current=one is page,
        )
        for one in nav.pages
        if one.file.src_uri in _build.titles
    ]


def _menu_title(name: str) -> str:
    is_home = _shared_name(name) == "index"
    return interface(_language(name))["lessons"] if is_home else _build.titles[name]


def write_beside(output: str, page: Page) -> str:
    """Write the lesson's other files next to its page."""
    name, site = page.file.src_uri, _build.site
    lesson = _build.pages.get(name)
    if lesson and site:
        twins, checklist = _build.twins[_shared_name(name)], _build.checklists[name]
        for file, text in lesson_files(lesson, twins, site, checklist).items():
            _write(Path(page.file.abs_dest_path).with_name(file), text)
    return output


# --- the end


def finish(config: MkDocsConfig) -> None:
    """Stop with every fault told, or write what belongs to no language and publish.

    Raises:
        PluginError: an author has something to mend; the published site is as it was.
    """
    if _is_nested(config):
        return
    _tell(sorted(set(_build.faults)))
    _write_shared_pages(Path(config.site_dir))
    with ThreadPoolExecutor(len(LANGUAGES)) as pool:  # Pagefind is a program of its own, one a language
        indexes = [
            pool.submit(
                index_later if _build.previewing else write_index,
                [search_document(page, config.extra["topics"]) for page in _pages_of(language).values()],
                Path(config.site_dir, language, FOLDER),
            )
            for language in LANGUAGES
        ]
    for index in indexes:
        index.result()
    _write_sheets(Path(config.site_dir))
    if not _build.previewing and not _is_refused(config):
        swap(Path(config.site_dir), _build.published)
        config.site_dir = str(_build.published)


def abandon(error: Exception) -> None:
    """Remove what a failed build left beside the published site.

    Raises:
        PluginError: the disk refused, told without a traceback.
    """
    if not _build.previewing and _build.published.name:
        shutil.rmtree(building_folder(_build.published), ignore_errors=True)
    if isinstance(error, OSError):
        words = interface(author_language())["build.disk"]
        raise PluginError(
            words.format(problem=error.strerror or error, file=error.filename2 or error.filename or "")
        ) from None


def _tell(faults: Iterable[Fault]) -> None:
    language = author_language()
    for fault in faults:
        if not fault.stops:
            log.log(logging.WARNING if fault.warning else logging.INFO, fault.text(language))
    errors = [fault for fault in faults if fault.stops]
    if errors:
        files = len({fault.path for fault in errors})
        summary = interface(language)["build.stopped"].format(count=len(errors), files=files)
        raise PluginError("\n".join([summary, *(fault.text(language) for fault in errors)]))


def _write_shared_pages(folder: Path) -> None:
    """For each pair the page that offers both languages as equals; the 404 page; the sitemap."""
    site, env = _build.site, _build.env
    if site is None or env is None:
        return
    dated = {name: (twins, _modified(name)) for name, twins in sorted(_build.twins.items())}
    for name, (twins, modified) in dated.items():
        address = "" if name == "index" else f"{name}/"
        titles = {language: _title(language, name) for language in LANGUAGES}
        root = "../" * address.count("/")
        values = view.neutral_page(site, titles, twins, root, modified)
        _write(folder / address / "index.html", env.get_template("choose.html").render(values))
        pages = [_build.pages.get(f"{language}/{name}.md") for language in LANGUAGES]
        if all(_build.checklists.get(f"{language}/{name}.md") for language in LANGUAGES):
            titles = {page.language: view.checklist_title(page) for page in pages if page}
            values = view.neutral_page(site, titles, view.checklist_twins(twins), root, modified)
            _write(folder / name / PAGE, env.get_template("choose.html").render(values))
    listed = [*dated.values(), *((twins, _modified("index")) for twins in _write_shelves(folder, site, env))]
    missing = env.get_template("404.html").render(view.any_page(site, "en", site.base))
    _write(folder / "404.html", missing)
    _write(folder / "sitemap.xml", metadata.sitemap(listed))
    _write(folder / INCLUDE, nginx_include(site.portals))
    _write(folder / "translation-status.json", status_json(read_status(_build.project, today())))
    for language in LANGUAGES:
        _write_feeds(folder / language, language, site)


def _write_feeds(folder: Path, language: str, site: view.Site) -> None:
    """The lessons of one language for portals and readers of feeds."""
    pages = [page for name, page in _build.pages.items() if _language(name) == language]
    home = _card(f"{language}/index.md", site)
    feed = view.feed(site, home)
    items = view.feed_items(site, pages, _build.twins)
    _write(folder / "lessons.json", feeds.lessons_json(feed, items, site.topics))
    _write(folder / feeds.SCHEMA, feeds.lessons_schema(feed.home))
    _write(folder / "feed.xml", feeds.atom(feed, items))


def _write_shelves(folder: Path, site: view.Site, env: Environment) -> list[Twins]:
    """Write the catalogue's pages by topic, by length and past the first; where each pair stands."""
    filled, addresses = shelves.shelf_pages(
        site,
        {language: _pages_of(language).values() for language in LANGUAGES},
        lambda language, root: _menu(None, _build.navs[language], root),
        _modified("index"),
    )
    for page in filled:
        _write(folder / page.address / "index.html", env.get_template(page.template).render(page.values))
    return addresses


def _title(language: str, name: str) -> str:
    """The title of a page; of one that is not there yet, its language's home, where readers are led."""
    return _build.titles.get(f"{language}/{name}.md") or _build.titles[f"{language}/index.md"]


def _write_sheets(folder: Path) -> None:
    """Each lesson's PDFs: a sheet a language, and one with a side for each, in the order of their names."""
    site = _build.site
    if site is None or not site.has_pdf:
        return
    store = pdf_store(Path(os.environ.get("MICROLEARNING_CACHE") or _build.root / ".cache") / "pdf")
    for name, twins in sorted(_build.twins.items()):
        pages = [_build.pages.get(f"{language}/{name}.md") for language in ("en", "fr")]
        sheets = [view.sheet(site, page, twins, "") for page in pages if page]
        if sheets and all(sheet.exists for sheet in sheets):
            for file, content in sheet_files(name, sheets, store).items():
                (folder / file).write_bytes(content)


def _modified(name: str) -> date:
    """The later of both languages' dates."""
    keys = [f"{language}/{name}.md" for language in LANGUAGES]
    fronts = [_build.fronts[key] for key in keys if key in _build.fronts]
    dates = [
        front.modified if isinstance(front, PlainPage) else _build.lessons[front.lesson].modified
        for front in fronts
    ]
    return max(dates)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _is_nested(config: MkDocsConfig) -> bool:
    i18n: Any = config.plugins["i18n"]
    return bool(i18n.building)


def _is_refused(config: MkDocsConfig) -> bool:
    """Whether `--strict` is about to refuse this build: MkDocs says so only after the last event."""
    handlers = logging.getLogger("mkdocs").handlers
    return bool(config.strict) and any(one.get_counts() for one in handlers if isinstance(one, CountHandler))


def _gather(read: Callable[[], object]) -> None:
    """Run `read`, and keep the faults of what it could not read."""
    try:
        read()
    except LessonError as error:
        _build.faults += error.faults

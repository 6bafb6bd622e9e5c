"""The project: every lesson and every page of both languages, read from the files without MkDocs.

The build and the author's tool both begin here, so that what one finds the other finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from markdown import Extension

from microlearning.errors import Fault, LessonError, fault
from microlearning.extension import LessonExtension
from microlearning.folders import check_pairs, find_lessons
from microlearning.frontmatter import LessonPage as LessonFront
from microlearning.frontmatter import PlainPage, check_addresses, read_front_matter
from microlearning.lesson import Lesson, read_lesson
from microlearning.page import LessonPage, read_lesson_page
from microlearning.renderer import Renderer
from microlearning.section import Document, Source, read_document
from microlearning.strings import LANGUAGES, other
from microlearning.traces import find_files, pair_names
from microlearning.typography import set_html
from microlearning.yaml_document import read_text

SETTINGS = "mkdocs.yml"

_ALWAYS = ("toc", "tables", "fenced_code")
"""The extensions that MkDocs adds to the author's."""


@dataclass(frozen=True)
class Settings:
    """What `mkdocs.yml` says of how pages are read."""

    root: Path
    """The project's folder: authors' messages name files from here."""

    docs: Path
    topics: Mapping[str, Mapping[str, str]]
    extensions: tuple[str | Extension, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The extensions' options, by their names."""

    publishers: Mapping[str, str] = field(default_factory=dict)
    """Who publishes the site, by language."""

    drift_limit: int | None = None
    """How many days a section may have changed without its twin being reviewed; None for no limit."""

    def shown(self, path: Path) -> str:
        """`path` as an author's message names it."""
        return path.relative_to(self.root).as_posix()


@dataclass(frozen=True, eq=False)
class WrittenPage:
    """A page as its author wrote it, in one language.

    Known by itself and not by its content, so that what was made of it can be found again.
    """

    name: str
    """Its file's name below the documents' folder: `fr/trn1-v13.md`."""

    source: Source
    front: LessonFront | PlainPage
    html: str
    """The Markdown as HTML; links to other pages as the author wrote them."""

    document: Document
    lesson: LessonPage | None = None
    """The lesson, when it is one and could be read."""

    @property
    def language(self) -> str:
        """`fr` or `en`."""
        return self.name.partition("/")[0]

    @property
    def shared_name(self) -> str:
        """What its file's name and its twin's have in common: `trn1-v13`."""
        return self.name.partition("/")[2].removesuffix(".md")

    @property
    def twin_path(self) -> str:
        """Its twin's file, as messages name it; it need not exist."""
        folder = self.source.path.removesuffix(self.name)
        return f"{folder}{other(self.language)}/{self.shared_name}.md"


@dataclass
class Project:
    """All that could be read, and what is wrong with the rest."""

    settings: Settings
    lessons: dict[str, Lesson] = field(default_factory=dict)
    """By product code."""

    sources: dict[str, Source] = field(default_factory=dict)
    fronts: dict[str, LessonFront | PlainPage] = field(default_factory=dict)
    pages: dict[str, WrittenPage] = field(default_factory=dict)
    """These three by the file's name below the documents' folder."""

    faults: list[Fault] = field(default_factory=list)
    known_codes: frozenset[str] | None = None
    """The codes of all lessons, where they are known beforehand."""

    def gather(self, read: Callable[[], object]) -> None:
        """Run `read`, and keep the faults of what it could not read."""
        try:
            read()
        except LessonError as error:
            self.faults += error.faults

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of all the project's lessons, of those too that were not read or could not be."""
        if self.known_codes is not None:
            return self.known_codes
        folders = {file.parent.name.upper() for file in self.settings.docs.glob("media/*/lesson.yml")}
        return frozenset(folders | set(self.lessons))

    @cached_property
    def pairs(self) -> dict[str, dict[str, WrittenPage]]:
        """The pages by shared name, then by language."""
        pairs: dict[str, dict[str, WrittenPage]] = {}
        for page in self.pages.values():
            pairs.setdefault(page.shared_name, {})[page.language] = page
        return dict(sorted(pairs.items()))


def read_settings(file: Path) -> Settings:
    """The settings of `mkdocs.yml`, read without MkDocs.

    Raises:
        LessonError: the file cannot be read.
    """
    try:
        config = yaml.load(read_text(file, file.name), Loader=_Lenient)  # noqa: S506 - a SafeLoader
        names, options = _extensions(config.get("markdown_extensions") or [])
        extra = config.get("extra") or {}
        root = file.resolve().parent
        docs, topics = root / str(config.get("docs_dir", "docs")), dict(extra.get("topics") or {})
        publishers = {str(key): str(name) for key, name in dict(extra.get("publisher") or {}).items()}
        limit = drift_limit(extra)
    except (yaml.YAMLError, AttributeError, TypeError, ValueError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        raise LessonError([fault("settings.unreadable", file.name, mark.line + 1 if mark else 1)]) from None
    return Settings(root, docs, topics, (*names, LessonExtension()), options, publishers, limit)


def drift_limit(extra: Mapping[str, Any]) -> int | None:
    """The number of days at `extra.drift.limit_days` of mkdocs.yml; None when there is none."""
    value = (extra.get("drift") or {}).get("limit_days")
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class _Lenient(yaml.SafeLoader):
    """Reads past the tags that MkDocs knows (`!ENV`, `!!python/name:`) and this does not need."""


_Lenient.add_multi_constructor("", lambda *_: None)


def _extensions(written: list[Any]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """Names and options of `markdown_extensions`, whose items are names or mappings of one name."""
    names, options = list(_ALWAYS), {}
    for item in written:
        for name, values in item.items() if isinstance(item, dict) else [(item, None)]:
            names += [] if name in names else [str(name)]
            options[str(name)] = dict(values or {})
    return names, options


def read_project(settings: Settings, only: str | None = None) -> Project:
    """Read every lesson and page; with `only`, those of one shared name: `trn1-v13`."""
    project = Project(settings)
    project.faults += check_folders(settings.docs)
    if only is not None:
        project.faults = [each for each in project.faults if only in _names(each.path)]
    reader = PairReader(settings)
    for name in pair_names(find_files(settings.docs)):
        if only is None or PurePosixPath(name).name == only:
            reader.read(name, project)
    shown = {name: source.path for name, source in project.sources.items()}
    project.faults += check_addresses(project.fronts, shown)
    return project


def check_folders(docs: Path) -> tuple[Fault, ...]:
    """What the names of folders and files alone tell: a page without its twin, a folder without facts."""
    try:
        find_lessons(docs)
    except LessonError as error:
        return (*check_pairs(docs), *error.faults)
    return check_pairs(docs)


class PairReader:
    """Reads pairs of pages, one after the other, with one renderer."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._renderer = Renderer(settings.extensions, settings.options)

    def read(self, name: str, project: Project) -> None:
        """Read the pair `name` into `project`: the lesson's facts, when it is one, and both pages."""
        docs = self._settings.docs
        folder = docs / "media" / name
        if (folder / "lesson.yml").is_file():
            project.gather(lambda: _read_facts(project, folder))
        for language in sorted(LANGUAGES):
            file = docs / language / f"{name}.md"
            if file.is_file():
                project.gather(lambda file=file: _read_page(project, file, self._renderer))  # type: ignore[misc]


def _names(path: str) -> tuple[str, str]:
    """The names that a file may go by: its own, and its folder's."""
    return PurePosixPath(path).stem, PurePosixPath(path).parent.name


def _read_facts(project: Project, folder: Path) -> None:
    lesson = read_lesson(folder, project.settings.shown(folder))
    project.faults += lesson.warnings
    project.lessons[lesson.code] = lesson


def _read_page(project: Project, file: Path, renderer: Renderer) -> None:
    settings = project.settings
    name, shown = file.relative_to(settings.docs).as_posix(), settings.shown(file)
    text = re.sub(r"\r\n?", "\n", read_text(file, shown))
    source = Source(shown, text)
    project.gather(lambda: _keep_front(project, name, source))
    project.sources[name] = source
    front = project.fronts.get(name)
    if front is None:
        return
    written = read_written(name, source, front, renderer.html(source))
    project.pages[name] = written
    if isinstance(front, LessonFront) and front.lesson in project.lessons:
        lesson = project.lessons[front.lesson]
        page = read_lesson_page(written.document, lesson, front, written.language)
        project.pages[name] = replace(written, lesson=page)


def _keep_front(project: Project, name: str, source: Source) -> None:
    project.fronts[name] = read_front_matter(source, project.settings.topics)


def read_written(name: str, source: Source, front: LessonFront | PlainPage, html: str) -> WrittenPage:
    """The page `name` from its rendered Markdown, its typography set."""
    document = read_document(set_html(html, name.partition("/")[0]), source)
    return WrittenPage(name, source, front, html, document)

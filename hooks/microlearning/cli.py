"""The author's tool: `microlearning new`, `check`, `reviewed`, `status`, `transcript`, `captions`.

It reads the project as the build does and needs no MkDocs. Its exit code is 0 when all is well, 1 when there
is something to mend, 2 when the command itself is not understood.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NoReturn

from microlearning.captions import read_captions_file
from microlearning.check import Finding, check_project
from microlearning.dates import today
from microlearning.drafts import draft_captions, draft_transcript
from microlearning.errors import Fault, LessonError, fault
from microlearning.links import check_links
from microlearning.project import SETTINGS, Project, Settings, read_project, read_settings
from microlearning.review import record_review
from microlearning.scaffolding import NewLesson, scaffold
from microlearning.status import PairStatus, read_status, status_json
from microlearning.strings import LANGUAGES, author_language, interface, other
from microlearning.yaml_document import read_text

WELL, TO_MEND, NOT_UNDERSTOOD = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what `arguments` ask and return the exit code; messages go to standard output."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    before = os.environ.get("MICROLEARNING_LANG")
    try:
        options = _read(_with_language(words))
        verb: Callable[[argparse.Namespace], int] = options.run
        return verb(options)
    except _Misunderstood as error:
        return _say(interface(author_language())["cli.help"], code=WELL if error.asked else NOT_UNDERSTOOD)
    except LessonError as error:
        _tell(error.faults)
        return TO_MEND
    except (KeyboardInterrupt, EOFError):
        return TO_MEND
    except BrokenPipeError:  # whoever read along has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return TO_MEND
    except OSError as error:
        problem = f"{error.filename or ''}: {error.strerror or error}"
        return _say(interface(author_language())["cli.system"].format(problem=problem), code=TO_MEND)
    finally:
        _restore(before)


class _Misunderstood(Exception):  # noqa: N818 - no error of the program
    """The command line is not one of ours."""

    def __init__(self, *, asked: bool = False) -> None:
        self.asked = asked
        """Whether the author asked for help."""
        super().__init__()


class _Parser(argparse.ArgumentParser):
    """Leaves it to us to answer, in the author's language."""

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse speaks English only
        """Nothing that argparse would say."""
        raise _Misunderstood


def _with_language(words: list[str]) -> list[str]:
    """`words` without `--lang fr`, which is heeded wherever it stands."""
    rest = list(words)
    for index, word in enumerate(words):
        name, _, value = word.partition("=")
        if name == "--lang":
            value = value or next(iter(words[index + 1 :]), "")
            del rest[index : index + (1 if "=" in word else 2)]
            if value not in LANGUAGES:
                raise _Misunderstood
            os.environ["MICROLEARNING_LANG"] = value
            break
    return rest


def _restore(language: str | None) -> None:
    if language is None:
        os.environ.pop("MICROLEARNING_LANG", None)
    else:
        os.environ["MICROLEARNING_LANG"] = language


def _read(words: list[str]) -> argparse.Namespace:
    parser = _Parser(add_help=False)
    parser.add_argument("--project", type=Path, default=None)
    verbs = parser.add_subparsers(required=True, parser_class=_Parser)

    def verb(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, add_help=False)
        made.set_defaults(run=run)
        return made

    new = verb("new", _new)
    new.add_argument("code", nargs="?")
    for name in ("--title-fr", "--title-en", "--topics", "--published"):
        new.add_argument(name)
    check = verb("check", _check)
    check.add_argument("what", nargs="*")
    check.add_argument("--strict", action="store_true")
    reviewed = verb("reviewed", _reviewed)
    reviewed.add_argument("what", nargs="*")
    reviewed.add_argument("--all", action="store_true")
    verb("status", _status).add_argument("--json", action="store_true")
    transcript = verb("transcript", _transcript)
    transcript.add_argument("file", type=Path)
    captions = verb("captions", _captions)
    captions.add_argument("file", type=Path)
    captions.add_argument("--length", type=float)
    if not words or words[0] in ("help", "-h", "--help") or "--help" in words or "-h" in words:
        raise _Misunderstood(asked=bool(words))
    return parser.parse_args(words)


# --- the verbs


def _new(options: argparse.Namespace) -> int:
    settings = _settings(options)
    words = interface(author_language())
    code = (options.code or _ask(words["cli.ask-code"], "")).strip().upper()
    defaults = {"fr": f"Leçon {code}", "en": f"Lesson {code}"}
    given = {"fr": options.title_fr, "en": options.title_en}
    questions = {"fr": words["cli.ask-title-fr"], "en": words["cli.ask-title-en"]}
    titles = {one: given[one] or _ask(questions[one], defaults[one]) for one in LANGUAGES}
    first = next(iter(settings.topics), "")
    known = ", ".join(settings.topics)
    topics = options.topics or _ask(words["cli.ask-topics"].format(known=known), first)
    names = [name.strip() for name in topics.split(",") if name.strip()]
    written = scaffold(settings, NewLesson(code, titles, names, _day(options.published)))
    for file in written:
        _put(settings.shown(file))
    return _say(words["cli.made"].format(code=code), code=WELL)


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        raise LessonError([fault("scaffold.date", "microlearning new", 1, found=text)]) from None


def _ask(question: str, default: str) -> str:
    """The answer of the person at the keyboard; the default when there is none to ask."""
    if not sys.stdin.isatty():
        return default
    return input(f"{question} " + (f"[{default}] " if default else "")).strip() or default


def _check(options: argparse.Namespace) -> int:
    settings = _settings(options)
    names: list[str | None] = [_shared_name(settings, what) for what in options.what]
    names = names or [None]
    projects = [read_project(settings, name) for name in names]
    for project, name in zip(projects, names, strict=True):
        _must_know(project, name)
    faults = {
        each
        for project in projects
        for each in (*check_project(project, today()).faults, *check_links(project))
    }
    finding = Finding(tuple(sorted(faults)))
    _tell(finding.faults)
    words = interface(author_language())
    pages = sum(len(project.sources) for project in projects)
    counts = {"errors": len(finding.errors), "warnings": len(finding.warnings)}
    _put(words["cli.summary"].format(pages=pages, notices=len(finding.notices), **counts))
    stops = finding.errors or (options.strict and finding.warnings)
    return TO_MEND if stops else WELL


def _reviewed(options: argparse.Namespace) -> int:
    settings = _settings(options)
    if bool(options.what) == options.all:
        raise _Misunderstood
    project = read_project(settings)
    pages = list(project.pages.values())
    for what in options.what:
        _must_know(project, _shared_name(settings, what))
    wanted = [
        page for page in pages if options.all or any(_is_meant(settings, page.name, w) for w in options.what)
    ]
    unread = [each for each in project.faults if each.stops]
    if unread:
        raise LessonError(sorted(unread))
    words = interface(author_language())
    for page in wanted:
        record_review(project, page, today())
        _put(words["cli.reviewed"].format(page=page.source.path, twin=page.twin_path))
    return WELL


def _status(options: argparse.Namespace) -> int:
    project = read_project(_settings(options))
    pairs = read_status(project, today())
    if options.json:
        _put(status_json(pairs), end="")
        return WELL
    words = interface(author_language())
    for pair in pairs:
        _put(f"{pair.name}: {words[f'status.{pair.state}']}")
        for line in _changes(pair):
            _put(f"  {line}")
    same = sum(pair.state == "same" for pair in pairs)
    return _say(words["status.summary"].format(same=same, count=len(pairs)), code=WELL)


def _changes(pair: PairStatus) -> list[str]:
    return [
        f"{change.passage.path}:{change.passage.line}: {change.passage.title}: {change.difference}".rstrip(
            ": "
        )
        for change in pair.changes
    ]


def _transcript(options: argparse.Namespace) -> int:
    captions = read_captions_file(options.file, options.file.as_posix())
    _put(draft_transcript(captions, _language_of(options.file)), end="")
    return WELL


def _captions(options: argparse.Namespace) -> int:
    path = options.file.as_posix()
    text = read_text(options.file, path).replace("\r\n", "\n").replace("\r", "\n")
    _put(draft_captions(text, path, _language_of(options.file), options.length), end="")
    return WELL


# --- what the verbs share


def _settings(options: argparse.Namespace) -> Settings:
    here = Path(__file__).resolve().parents[2]
    folder = options.project or (Path.cwd() if (Path.cwd() / SETTINGS).is_file() else here)
    return read_settings(folder.resolve() / SETTINGS)


def _shared_name(settings: Settings, what: str) -> str:
    """The name that a code, a page or any file of a lesson stands for: `trn1-v13`."""
    path = PurePosixPath(what.replace("\\", "/"))
    parts = path.parts
    if "media" in parts[:-1]:
        return parts[parts.index("media") + 1]
    for language in LANGUAGES:
        if language in parts[:-1]:
            inside = PurePosixPath(*parts[parts.index(language) + 1 :])
            return inside.with_suffix("").as_posix()
    name = path.name.removesuffix(".md")
    return name if (settings.docs / "fr" / f"{name}.md").is_file() else name.lower()


def _is_meant(settings: Settings, name: str, what: str) -> bool:
    """Whether `what` names the page `name`, or its pair."""
    language, _, shared = name.partition("/")
    shared = shared.removesuffix(".md")
    if _shared_name(settings, what) != shared:
        return False
    parts = PurePosixPath(what.replace("\\", "/")).parts[:-1]
    return other(language) not in parts


def _must_know(project: Project, name: str | None) -> None:
    """Refuses a name that neither a page nor a folder bears."""
    known = {key.partition("/")[2].removesuffix(".md") for key in project.sources}
    folder = project.settings.docs / "media" / (name or "")
    if name is not None and name not in known and not folder.is_dir() and not project.faults:
        raise LessonError([fault("cli.unknown", "microlearning", 1, found=name)])


def _language_of(file: Path) -> str:
    """The language of a file's words, by its name or its folder; else the author's."""
    return next((one for one in LANGUAGES if one in (file.stem, *file.parts)), author_language())


def _tell(faults: Sequence[Fault]) -> None:
    """Each fault on a line that editors understand: `path:line: warning: …`."""
    language = author_language()
    words = interface(language)
    for each in faults:
        place, text = f"{each.path}:{each.line}: ", each.text(language)
        kind = "" if each.stops else words["cli.warning" if each.warning else "cli.notice"] + " "
        _put(place + kind + text.removeprefix(place))


def _put(text: str, end: str = "\n") -> None:
    sys.stdout.write(text + end)


def _say(*texts: str, code: int) -> int:
    _put("\n".join(filter(None, texts)))
    return code

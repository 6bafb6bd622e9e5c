"""An author, a designer and an administrator at work: random edits of a project, each with a way back."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

WORDS = (
    "alerte",
    "bureau",
    "calendar",
    "dossier",
    "evidence",
    "forum",
    "guide",
    "horizon",
    "index",
    "journal",
)
_ID = re.compile(r"\{ #([a-z][a-z-]*) \}")


class Edits:
    """Edits `project`, published at `site`, by the luck of `seed`; `spare` are folders of lessons to add."""

    def __init__(self, project: Path, site: Path, spare: Path, seed: int) -> None:
        self.project, self.site, self.spare = project, site, spare
        self._luck = random.Random(seed)  # noqa: S311 - the same edits each time
        self._before: dict[Path, bytes | None] = {}
        self._number = 0

    def kinds(self) -> Iterator[Callable[[], str]]:
        """Kinds of edits without end, each as often as any other; each tells what it did."""
        kinds = [
            *(self.lesson_word, self.lesson_word, self.page_word, self.item_id, self.fact, self.caption),
            *(self.template, self.style, self.string, self.setting, self.add_lesson, self.remove_lesson),
            *(self.rename_page, self.rename_lesson, self.poster, self.heading, self.related, self.link),
            *(self.lose_published, self.spoil_published, self.stray_published),
            *(self.touch, self.mistake, self.waiver, self.slug),
        ]
        while True:
            yield from self._luck.sample(kinds, len(kinds))

    def undo(self) -> None:
        """Put every file back as it was before the last edit."""
        for file, content in self._before.items():
            if content is None:
                file.unlink(missing_ok=True)
                _prune(file.parent)
            else:
                _put(file, content)

    def next(self, kind: Callable[[], str]) -> str:
        """Make one edit, from which `undo` leads back."""
        self._before = {}
        self._number += 1
        return kind()

    # --- files

    def _write(self, file: Path, text: str | bytes) -> None:
        self._remember(file)
        _put(file, text.encode() if isinstance(text, str) else text)

    def _remove(self, file: Path) -> None:
        self._remember(file)
        file.unlink()
        _prune(file.parent)

    def _remember(self, file: Path) -> None:
        self._before.setdefault(file, file.read_bytes() if file.is_file() else None)

    def _change(self, file: Path, old: str, new: str, count: int = 1) -> None:
        text = file.read_text(encoding="utf-8")
        self._write(file, text.replace(old, new, count))

    def _pick(self, files: list[Path]) -> Path:
        return self._luck.choice(sorted(files))

    def _lessons(self) -> list[str]:
        return sorted(file.parent.name for file in (self.project / "docs" / "media").glob("*/lesson.yml"))

    def _pages(self, name: str) -> list[Path]:
        return [self.project / "docs" / language / f"{name}.md" for language in ("fr", "en")]

    # --- what authors do

    def lesson_word(self) -> str:
        """Another word in a lesson, below the transcript."""
        return self._word(self._pick(self._pages(self._luck.choice(self._lessons()))), after="{ .do }")

    def page_word(self) -> str:
        """Another word in a page that is no lesson."""
        pages = [file for file in (self.project / "docs").glob("??/*.md") if file.stem not in self._lessons()]
        return self._word(self._pick(pages), after="\n# ")

    def _word(self, file: Path, after: str) -> str:
        text = file.read_text(encoding="utf-8")
        start = max(text.find(after), 0)
        places = [
            match.span() for match in re.finditer(r"(?<= )[a-zéèê]{4,}(?= )", text) if match.start() > start
        ]
        first, last = self._luck.choice(places)
        word = self._luck.choice(WORDS) + "x" * (self._number % 3)
        self._write(file, text[:first] + word + text[last:])
        return f"{file.name}: {text[first:last]} becomes {word}"

    def item_id(self) -> str:
        """Another id of an item, in both languages."""
        pages = self._pages(self._luck.choice(self._lessons()))
        ids = [set(_ID.findall(page.read_text(encoding="utf-8"))) for page in pages]
        old = self._luck.choice(sorted(ids[0] & ids[1]))
        for page in pages:
            self._change(page, f"#{old} }}", f"#{old}-x }}", -1)
        return f"{pages[0].name}: #{old}"

    def heading(self) -> str:
        """Another title, in one language."""
        page = self._pick(self._pages(self._luck.choice(self._lessons())))
        text = page.read_text(encoding="utf-8")
        self._write(page, re.sub(r"(?m)^# (.*)$", rf"# \1 {self._luck.choice(WORDS)}", text, count=1))
        return f"{page.name}: title"

    def fact(self) -> str:
        """Another day, publisher or topic."""
        name = self._luck.choice(self._lessons())
        if self._luck.random() < 0.5:
            facts = self.project / "docs" / "media" / name / "lesson.yml"
            day = f"2026-11-{self._luck.randint(1, 20):02}"
            text = re.sub(r"(?m)^published: .*$", f"published: {day}", facts.read_text(encoding="utf-8"))
            self._write(facts, text)
            return f"{name}: published {day}"
        topics = ", ".join(
            self._luck.sample(["social-media", "ethics", "accessibility", "writing", "video"], 2)
        )
        for page in self._pages(name):
            text = page.read_text(encoding="utf-8")
            self._write(page, re.sub(r"(?m)^topics: .*$", f"topics: [{topics}]", text))
        return f"{name}: topics {topics}"

    def caption(self) -> str:
        """Another time of a caption."""
        file = self._pick(list((self.project / "docs" / "media").glob("*/??.vtt")))
        text = file.read_text(encoding="utf-8")
        shown = re.search(r"(\d\d:\d\d:\d\d\.)(\d)(\d\d) -->", text)
        assert shown
        other = str((int(shown[2]) + 1) % 5)
        self._write(file, text.replace(shown[0], f"{shown[1]}{other}{shown[3]} -->", 1))
        return f"{file.parent.name}/{file.name}: first cue"

    def poster(self) -> str:
        """A poster of another lesson."""
        one, two = self._luck.sample(self._lessons(), 2)
        media = self.project / "docs" / "media"
        self._write(media / one / "fr.webp", (media / two / "fr.webp").read_bytes())
        return f"{one}: poster of {two}"

    def related(self) -> str:
        """Other related lessons, in both languages."""
        name, other = self._luck.sample(self._lessons(), 2)
        for page in self._pages(name):
            text = re.sub(r"(?m)^related_lessons: .*\n", "", page.read_text(encoding="utf-8"))
            self._write(
                page, re.sub(r"(?m)^topics: ", f"related_lessons: [{other.upper()}]\ntopics: ", text, count=1)
            )
        return f"{name}: related {other}"

    def link(self) -> str:
        """A link from a lesson to an item of another, which a later edit may rename."""
        name, other = self._luck.sample(self._lessons(), 2)
        for page, there in zip(self._pages(name), self._pages(other), strict=True):
            ids = _ID.findall(there.read_text(encoding="utf-8"))
            text = page.read_text(encoding="utf-8")
            line = re.search(r"(?m)^# .*\n\n(.*)$", text)
            assert line
            self._write(page, text.replace(line[1], f"{line[1]} [{other}]({there.name}#{ids[0]})", 1))
        return f"{name}: link to {other}"

    def waiver(self) -> str:
        """A page that may differ for a while."""
        page = self._pick(self._pages(self._luck.choice(["about", *self._lessons()])))
        text = page.read_text(encoding="utf-8")
        kept = re.sub(r"(?m)^waiver: .*\n", "", text)
        asked = "---\nwaiver: { reason: Under translation, until: 2026-12-31 }\n"
        self._write(page, kept if kept != text else text.replace("---\n", asked, 1))
        return f"{page.name}: waiver"

    def add_lesson(self) -> str:
        """A lesson more."""
        new = sorted(folder.name for folder in (self.spare / "docs" / "media").iterdir())
        name = next((name for name in new if name not in self._lessons()), None)
        if name is None:
            return self.remove_lesson()
        for file in [
            *(self.spare / "docs").glob(f"??/{name}.md"),
            *(self.spare / "docs" / "media" / name).iterdir(),
        ]:
            self._write(self.project / file.relative_to(self.spare), file.read_bytes())
        return f"{name}: added"

    def remove_lesson(self) -> str:
        """A lesson less."""
        names = [name for name in self._lessons() if name.startswith("les")]
        if len(names) < 2:
            return self.add_lesson()
        name = self._luck.choice(names)
        for file in [*self._pages(name), *(self.project / "docs" / "media" / name).iterdir()]:
            self._remove(file)
        return f"{name}: removed"

    def rename_page(self) -> str:
        """Another name for a page that the menu does not list."""
        old, new = ("host", "serve") if self._pages("host")[0].exists() else ("serve", "host")
        for page in self._pages(old):
            self._write(page.with_name(f"{new}.md"), page.read_bytes())
            self._remove(page)
        return f"{old}: {new}"

    def rename_lesson(self) -> str:
        """Another code for a lesson."""
        names = [name for name in self._lessons() if name.startswith("les")]
        if not names:
            return self.add_lesson()
        old = self._luck.choice(names)
        new = f"{old[:-3]}{(int(old[-3:]) + 500) % 900 + 100}"
        for page in self._pages(old):
            text = page.read_text(encoding="utf-8").replace(
                f"lesson: {old.upper()}", f"lesson: {new.upper()}"
            )
            self._write(page.with_name(f"{new}.md"), text)
            self._remove(page)
        for file in list((self.project / "docs" / "media" / old).iterdir()):
            content = file.read_bytes().replace(
                f"code: {old.upper()}".encode(), f"code: {new.upper()}".encode()
            )
            self._write(file.parent.with_name(new) / file.name, content)
            self._remove(file)
        return f"{old}: {new}"

    def slug(self) -> str:
        """Another address of a page, in one language: of the search page, which every page leads to."""
        page = self.project / "docs" / "fr" / "search.md"
        text = page.read_text(encoding="utf-8")
        self._write(page, re.sub(r"(?m)^slug: .*$", f"slug: recherche-{self._number}", text))
        return f"search: recherche-{self._number}"

    def touch(self) -> str:
        """A file saved as it was."""
        page = self._pick(self._pages(self._luck.choice(self._lessons())))
        self._write(page, page.read_bytes())
        return f"{page.name}: saved"

    def mistake(self) -> str:
        """What stops the build."""
        page = self._pick(self._pages(self._luck.choice(self._lessons())))
        self._change(page, "{ .transcript }", "")
        return f"{page.name}: no transcript"

    # --- what others do

    def template(self) -> str:
        """Another word in a template."""
        file = self._pick([*(self.project / "overrides" / "partials").glob("*.html")])
        self._write(file, file.read_text(encoding="utf-8") + f"<!-- {self._number} -->\n")
        return f"{file.name}: comment"

    def style(self) -> str:
        """Another rule in a style sheet."""
        file = self._pick([*(self.project / "overrides" / "components").glob("*/*.css")])
        self._write(file, file.read_text(encoding="utf-8") + f".edit-{self._number} {{ margin: 0; }}\n")
        return f"{file.name}: rule"

    def string(self) -> str:
        """Another word of the interface, in one language."""
        folder = self.project / "hooks" / "microlearning" / "strings"
        file = self._pick([folder / "interface.fr.yml", folder / "interface.en.yml"])
        text = file.read_text(encoding="utf-8")
        key = self._luck.choice(["breadcrumb", "topics", "published", "length"])
        self._write(file, re.sub(rf"(?m)^{key}: .*$", f"{key}: 'Word {self._number}'", text, count=1))
        return f"{file.name}: {key}"

    def setting(self) -> str:
        """Another name of the site, portal or topic."""
        file = self.project / "mkdocs.yml"
        text = file.read_text(encoding="utf-8")
        changes = (
            (r"(?m)^(\s+site_name: )Micro\w*$", rf"\1Microcourses{self._number}"),
            (r"https://portal\d*\.example\.gc\.ca", f"https://portal{self._number}.example.gc.ca"),
            (r"ethics: \{ fr: [^,]*,", f"ethics: {{ fr: Éthique {self._number},"),
        )
        self._write(file, re.sub(*self._luck.choice(changes), text, count=1))
        return "mkdocs.yml"

    def lose_published(self) -> str:
        """A published file deleted by hand."""
        file = self._pick([path for path in self.site.rglob("*") if path.is_file()])
        file.unlink()
        return f"lost: {file.relative_to(self.site)}"

    def spoil_published(self) -> str:
        """A published file changed by hand, to as many bytes."""
        file = self._pick([path for path in self.site.rglob("*") if path.is_file() and path.stat().st_size])
        content = file.read_bytes()
        file.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        return f"spoilt: {file.relative_to(self.site)}"

    def stray_published(self) -> str:
        """A file that no build wrote, in the published site."""
        file = (
            self._pick([path for path in self.site.rglob("*") if path.is_dir()]) / f"stray-{self._number}.txt"
        )
        file.write_text("stray", encoding="utf-8")
        return f"stray: {file.relative_to(self.site)}"


def _put(file: Path, content: bytes) -> None:
    """Write `file` anew: in its place may stand a link to the repository's own."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def _prune(folder: Path) -> None:
    if not any(folder.iterdir()):
        shutil.rmtree(folder)

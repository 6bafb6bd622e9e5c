"""The talk: what the narrator says, read from the lesson's Markdown."""

import re
from dataclasses import dataclass
from pathlib import Path

NBSP = "\u00a0"
SENTENCE_END = re.compile(r"(?<=[.?!…])(?:[ \u00a0]»)?\s+(?=[«“\"A-ZÀÂÉÈÊËÎÔÙÛÇ0-9#])")
ADDRESS = re.compile(r"\d+\.\d+\.\d+")


class TalkError(Exception):
    """Something the author of the lesson or of its storyboard can put right."""


@dataclass(frozen=True)
class Chapter:
    """A `###` heading of the transcript and what is said and shown under it."""

    heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    """Paragraphs of sentences."""
    notes: tuple[tuple[str, ...], ...]
    """On-screen notes, each a tuple of the texts that the screen shows."""


@dataclass(frozen=True)
class Talk:
    """The transcript section of one Markdown file."""

    title: str
    chapters: tuple[Chapter, ...]

    def sentence(self, address: str) -> str:
        """The sentence at `chapter.paragraph.sentence`, counted from 1."""
        chapter, paragraph, sentence = (int(part) - 1 for part in address.split("."))
        try:
            return self.chapters[chapter].paragraphs[paragraph][sentence]
        except IndexError:
            raise TalkError(f"{self.title}: expected a sentence {address}, found none") from None

    def speech(self) -> str:
        """Every word that is said, in order."""
        return " ".join(
            sentence
            for chapter in self.chapters
            for paragraph in chapter.paragraphs
            for sentence in paragraph
        )

    def visible(self) -> str:
        """All that the transcript tells a reader: the only words a card may show."""
        notes = (text for chapter in self.chapters for note in chapter.notes for text in note)
        headings = (chapter.heading for chapter in self.chapters)
        return "\n".join([self.title, self.speech(), *notes, *headings])


def read_talk(path: Path, language: str) -> Talk:
    """Read the title and the transcript section of a lesson."""
    text = path.read_text(encoding="utf-8")
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    section = re.search(
        r"^## [^\n]*\{[^}\n]*\.transcript[^}\n]*\}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    if not title or not section:
        raise TalkError(f"{path}: expected a `# Title` and a `## … {{ .transcript }}` section")
    heading, *chapters = re.split(r"^### ", section.group(1), flags=re.MULTILINE)
    if heading.strip() or not chapters:
        raise TalkError(f"{path}: expected the transcript to start with a `### Chapter`")
    return Talk(
        title=spaced(plain(title.group(1)), language),
        chapters=tuple(read_chapter(chapter, path, language) for chapter in chapters),
    )


def read_chapter(text: str, path: Path, language: str) -> Chapter:
    """Read one chapter: its heading, its paragraphs of speech, its on-screen notes."""
    heading, _, body = text.partition("\n")
    paragraphs: list[tuple[str, ...]] = []
    notes: list[tuple[str, ...]] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        flat = " ".join(block.split())
        if ".on-screen" in flat:
            shown = re.sub(r"^\*[^:]*:\s*|\*\s*\{[^}]*\}$", "", flat)
            notes.append(tuple(spaced(part.strip(), language) for part in shown.split(" / ")))
        elif ".sound" in flat:
            raise TalkError(f"{path}: no recording for the sound {flat!r}: the talk is speech only")
        elif flat:
            said = spaced(plain(flat), language)
            paragraphs.append(tuple(SENTENCE_END.split(said)))
    name = re.sub(r"\s*\{[^}]*\}\s*$", "", heading)
    return Chapter(spaced(plain(name), language), tuple(paragraphs), tuple(notes))


def plain(markdown: str) -> str:
    """Markdown's inline marks taken away, the words left."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"\{[^}]*\}", "", text)
    text = re.sub(r"(\*\*|\*|`)(.+?)\1", r"\2", text)
    return " ".join(text.split())


def spaced(text: str, language: str) -> str:
    """Canadian French spacing: what must not part at the end of a line does not."""
    text = text.replace("'", "’")
    if language != "fr":
        return text
    text = re.sub(r" (?=[:»%$])", NBSP, text)
    text = re.sub(r"« ", f"«{NBSP}", text)
    return re.sub(r"(?<=\d) (?=h\b|\d{3}\b)", NBSP, text)


def words(text: str) -> list[str]:
    """The words of a text, for comparison: every kind of space parts them."""
    return text.replace(NBSP, " ").split()

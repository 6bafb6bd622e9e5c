"""The cards: what the screen shows, from the words of the lesson."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
from PIL import Image

from talk import ADDRESS, NBSP, Talk, TalkError

HERE = Path(__file__).parent
WIDTH, HEIGHT = 1280, 720
CAPTIONS_FROM = HEIGHT * 4 // 5
"""Below this row a card is empty, so that captions never cover its words."""
CARDS_A_SHEET = 8
MARGIN = 64
BLANK = 8
"""Differences of colour up to this are the browser's rounding."""
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


@dataclass(frozen=True)
class Card:
    """One picture and the sentence from which it shows."""

    at: str
    look: str
    lines: tuple[str, ...]
    more: str
    heading: str
    chapter: int
    number: int
    sign: str
    """`do`, `dont` or nothing: the drawn mark beside the words."""
    icons: tuple[str, ...]


def read_cards(storyboard: dict[str, Any], talk: Talk, language: str) -> list[Card]:
    """Read a storyboard's cards with their words, all of them from the lesson."""
    cards = []
    for entry in storyboard["cards"]:
        at = str(entry["at"])
        chapter = int(at.partition(".")[0]) if ADDRESS.fullmatch(at) else 1
        look = entry["look"]
        lines = find_words(entry["words"], talk, chapter, language)
        more = find_words(entry.get("more", ""), talk, chapter, language)
        plain = look in ("title", "chapter", "closing")
        card = Card(
            at=at,
            look=look,
            lines=tuple(map(shown, lines)) if look == "list" else lines,
            more=more[0],
            heading="" if plain else talk.chapters[chapter - 1].heading,
            chapter=chapter,
            number=entry.get("number", 0),
            sign=entry.get("sign", look if look in ("do", "dont") else ""),
            icons=tuple(entry.get("icons", ())),
        )
        check_words(card, talk)
        cards.append(card)
    return cards


def find_words(source: str | dict[str, str], talk: Talk, chapter: int, language: str) -> tuple[str, ...]:
    """The words that a storyboard points to."""
    here = talk.chapters[chapter - 1]
    if isinstance(source, dict):
        source = source[language]
    if source == "title":
        return (talk.title,)
    if source == "heading":
        return (here.heading,)
    if note := re.fullmatch(r"note (\d+)", source):
        return here.notes[int(note.group(1)) - 1]
    if ADDRESS.fullmatch(source):
        return (shown(talk.sentence(source)),)
    parts = [part.strip() for part in source.split(" / ")]
    return (shown(parts[0]), *map(spaced_percent, parts[1:]))


def shown(text: str) -> str:
    """Words of the talk as a card sets them: no full stop, a capital first."""
    text = spaced_percent(text.removesuffix("."))
    return text[:1].upper() + text[1:]


def spaced_percent(text: str) -> str:
    """A number and its per cent sign, kept on one line."""
    return re.sub(r"(?<=\d) (?=%)", NBSP, text)


def check_words(card: Card, talk: Talk) -> None:
    """Hold that the transcript has every word that the card shows."""
    visible = talk.visible().casefold()
    for text in (*card.lines, card.more):
        if text.casefold() not in visible:
            raise TalkError(f"{talk.title}: card at {card.at}: {text!r} is not in the transcript")


def draw_cards(cards: list[Card], talk: Talk, code: str, language: str, folder: Path) -> list[Path]:
    """Draw each card as a PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "cards.css", folder)
    environment = jinja2.Environment(autoescape=True, loader=jinja2.FileSystemLoader(HERE))
    template = environment.get_template("cards.html")
    paths = []
    for first in range(0, len(cards), CARDS_A_SHEET):
        sheet = cards[first : first + CARDS_A_SHEET]
        page, picture = folder / f"{language}-{first}.html", folder / f"{language}-{first}.png"
        page.write_text(
            template.render(cards=sheet, code=code.upper(), language=language, chapters=len(talk.chapters)),
            encoding="utf-8",
        )
        size = f"--window-size={WIDTH},{HEIGHT * len(sheet) + 200}"
        command = (*CHROMIUM, size, f"--screenshot={picture}", page.as_uri())
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(picture) as drawn:
            for number, card in enumerate(sheet):
                top = number * HEIGHT
                image = drawn.convert("RGB").crop((0, top, WIDTH, top + HEIGHT))
                check_room(image, card)
                path = folder / f"{language}-{first + number:02}-{card.at}.png"
                image.save(path)
                paths.append(path)
    return paths


def check_room(image: Image.Image, card: Card) -> None:
    """Hold that nothing is drawn where captions go, nor within the margins."""
    pixels = np.asarray(image, dtype=np.int16)
    drawn = np.abs(pixels - pixels[0, 0]).max(axis=2) > BLANK
    if drawn[CAPTIONS_FROM:].any() or drawn[:, :MARGIN].any() or drawn[:, -MARGIN:].any():
        raise TalkError(f"card at {card.at}: {card.lines} do not fit")

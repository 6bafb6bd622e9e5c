"""Make the films of the lessons, with their captions and posters, from their Markdown.

python tools/video/make.py [code …]    all lessons that have a storyboard, or those named
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from captions import check_captions, write_captions
from cards import draw_cards, read_cards
from film import check_film, show_times, write_film, write_poster, write_sound
from talk import TalkError, read_talk
from timeline import plan
from voice import Voice

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
CACHE = HERE / ".cache"
LANGUAGES = ("fr", "en")


def make(code: str, language: str, settings: dict[str, Any], *, cards_only: bool) -> None:
    """Make one lesson's film in one language."""
    storyboard = read_yaml(HERE / "storyboards" / f"{code}.yml")
    talk = read_talk(DOCS / language / f"{code}.md", language)
    cards = read_cards(storyboard, talk, language)
    pictures = draw_cards(cards, talk, code, language, CACHE / code)
    folder = DOCS / "media" / code
    folder.mkdir(parents=True, exist_ok=True)
    write_poster(pictures[0], folder / f"{language}.webp")
    if cards_only:
        return
    voice = Voice(settings, language, CACHE)
    timeline = plan(talk, voice, storyboard.get("seconds", {}).get(language), language)
    captions, film = folder / f"{language}.vtt", folder / f"{language}.mp4"
    write_captions(timeline.cues, captions)
    reading_speed = voice.settings["reading_speed"]
    rules = check_captions(captions, talk, language, reading_speed, timeline.seconds)
    sound = CACHE / code / f"{language}.wav"
    write_sound(timeline, sound)
    write_film(film, sound, pictures, show_times(cards, timeline), timeline.seconds)
    facts = check_film(film, timeline.seconds)
    print(f"{code} {language}: {facts}; speed {timeline.speed}, pauses × {timeline.scale:.2f}")
    print(f"  {rules}")


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a file of settings."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def main() -> int:
    """Make the lessons asked for; tell an author's mistake in one line."""
    storyboards = sorted(path.stem for path in (HERE / "storyboards").glob("*.yml"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("codes", nargs="*", default=storyboards, help="lessons, as trn1-v13")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="one language only")
    parser.add_argument("--cards", action="store_true", help="draw the cards and stop")
    options = parser.parse_args()
    CACHE.mkdir(exist_ok=True)
    try:
        settings = read_yaml(HERE / "voices.yml")
        for code in options.codes:
            for language in options.language or LANGUAGES:
                make(code, language, settings, cards_only=options.cards)
    except (TalkError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The words of the product: interface and authors' messages, one file a language.

Both languages hold the same keys; `tests/test_strings.py` keeps it so.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import cast

import yaml

LANGUAGES = ("fr", "en")
"""The two languages. No order ranks them."""

_FOLDER = Path(__file__).parent

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""In C where PyYAML was built with it: ten times faster."""


@cache
def interface(language: str) -> dict[str, str]:
    """The interface's words in `language`, by key.

    Raises:
        FileNotFoundError: there is no such language.
    """
    return cast(dict[str, str], _read(f"interface.{language}.yml"))


@cache
def fault_texts(language: str) -> dict[str, dict[str, str]]:
    """The authors' messages in `language`: for each rule `where`, `expected`, `found` and `write`."""
    return cast(dict[str, dict[str, str]], _read(f"faults.{language}.yml"))


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words that a question is asked with, and not about; in small letters, without accents."""
    return frozenset((_FOLDER / f"stop.{language}.txt").read_text(encoding="utf-8").split())


def author_language() -> str:
    """The language in which to speak to the author: French when the locale is, else English."""
    for name in ("MICROLEARNING_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "fr" if os.environ[name].lower().startswith("fr") else "en"
    return "en"


def plural(count: int, language: str) -> str:
    """The plural category of `count`: `one` or `other` (Unicode CLDR). Zero is `one` in French."""
    return "one" if count == 1 or (count == 0 and language == "fr") else "other"


def other(language: str) -> str:
    """The other of the two languages."""
    return LANGUAGES[1 - LANGUAGES.index(language)]


def _read(name: str) -> object:
    return yaml.load((_FOLDER / name).read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - a safe one

"""Both languages hold the same keys, blanks and no word of the other."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import pytest

from microlearning.errors import Fault, fault
from microlearning.strings import LANGUAGES, author_language, fault_texts, interface

OVERRIDES = Path(__file__).parents[1] / "overrides"
HOOKS = Path(__file__).parents[1] / "hooks"


def test_both_languages_have_the_same_words() -> None:
    assert interface("fr").keys() == interface("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_twice(language: str) -> None:
    """YAML keeps the last of two without a sound, and the first place shows the words of the other."""
    text = (HOOKS / "microlearning" / "strings" / f"interface.{language}.yml").read_text(encoding="utf-8")
    keys = re.findall(r"^([\w.-]+):", text, re.MULTILINE)
    assert len(keys) == len(interface(language))


def test_both_languages_have_the_same_messages() -> None:
    assert fault_texts("fr").keys() == fault_texts("en").keys()


@pytest.mark.parametrize("key", sorted(interface("en")))
def test_blanks_of_a_word_are_the_same(key: str) -> None:
    blanks = [set(re.findall(r"\{(\w+)\}", interface(language)[key])) for language in LANGUAGES]
    assert blanks[0] == blanks[1]


@pytest.mark.parametrize("rule", sorted(fault_texts("en")))
def test_blanks_of_a_message_are_the_same(rule: str) -> None:
    english, french = fault_texts("en")[rule], fault_texts("fr")[rule]
    assert english.keys() == french.keys()
    for part in english:
        assert set(Template(english[part]).get_identifiers()) == set(Template(french[part]).get_identifiers())


@pytest.mark.parametrize("rule", sorted(fault_texts("fr")))
def test_french_messages_are_french(rule: str) -> None:
    texts = {
        name: re.sub(r"\$\w+", "…", text) for name, text in fault_texts("fr")[rule].items() if name != "write"
    }
    for text in texts.values():
        assert not re.search(r"\b(expected|found|the|and|line)\b", text), text
        assert not re.search(r" [:»%]|« ", text), f"a no-break space is missing: {text}"
        assert not re.search(r"\w'\w", text), f"a typographic apostrophe is missing: {text}"


def test_templates_use_only_known_words() -> None:
    used = {
        key
        for file in OVERRIDES.rglob("*.html")
        for key in re.findall(r'(?:text|words\([^)]*\))\["([^"~]+)"\]', file.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= interface("en").keys()


def test_no_word_lies_unused() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in OVERRIDES.rglob("*.html"))
    text += "".join(file.read_text(encoding="utf-8") for file in HOOKS.rglob("*.py"))
    families = re.findall(r'"([\w-]+\.)" ~', text)
    unused = [
        key
        for key in interface("en")
        if f'"{key}"' not in text and not any(key.startswith(family) for family in families)
    ]
    assert unused == []


def test_a_fault_is_one_line_with_its_place_first() -> None:
    made = fault("section.kind-unknown", "docs/en/a.md", 7, section="A\nB", kind="x", known="…", nearest="do")
    assert made.text("en").startswith('docs/en/a.md:7: "A B": expected ')
    assert "\n" not in made.text("en")


def test_an_unknown_rule_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        Fault("a.md", 1, "no.such-rule").text("en")


@pytest.mark.parametrize(
    ("variable", "value", "language"),
    [("LANG", "fr_CA.UTF-8", "fr"), ("LC_ALL", "en_CA.UTF-8", "en"), ("LANG", "C", "en"), ("LANG", "", "en")],
)
def test_authors_are_spoken_to_in_their_language(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, language: str
) -> None:
    for name in ("MICROLEARNING_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    assert author_language() == language


def test_no_message_lies_unused() -> None:
    """A rule may have a variant for one field: `facts.missing.audio_description` beside `facts.missing`."""
    code = "".join(file.read_text(encoding="utf-8") for file in HOOKS.rglob("*.py"))
    families = tuple(re.findall(r'f"([\w-]+\.[\w-]*)\{', code))
    unused = [
        rule
        for rule in fault_texts("en")
        if f'"{rule}"' not in code
        and f'"{rule.rpartition(".")[0]}"' not in code
        and not rule.startswith(families)
    ]
    assert unused == []

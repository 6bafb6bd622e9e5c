"""Random damage to a text, the same for the same seed: what a slip of the hand does to a file."""

from __future__ import annotations

from random import Random

SPLINTERS = (
    *(
        "\t",
        ":",
        ": ",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "&a",
        "*a",
        "!",
        "!!python/object:os.system",
        "|",
        ">",
        "%",
    ),
    *(
        "@",
        "`",
        "#",
        "---",
        "...",
        "<<: *a",
        "? ",
        "- ",
        ",",
        "\\",
        "\u00e9",
        "\u2028",
        "\x07",
        "\ufeff",
        "$",
        "~",
    ),
    *("12:30", "no", "2022-13-45", "../", "\n", "\n\n", "  ", "\r", "null", "= ", "0x", "1_0", "\x85"),
)
"""What is dropped into a text: signs that mean something to YAML, to a path or to a template."""


def damaged(text: str, chance: Random) -> str:
    """`text` after one to three accidents; never empty."""
    for _ in range(chance.randint(1, 3)):
        accident = chance.choice((_lose_line, _double_line, _move_line, _lose_characters, _drop_splinter))
        text = accident(text, chance) or text
    return text


def _lose_line(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _double_line(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return "".join([*lines[: at + 1], *lines[at:]])


def _move_line(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return "".join(lines)


def _lose_characters(text: str, chance: Random) -> str:
    start = chance.randrange(len(text))
    return text[:start] + text[start + chance.randint(1, 12) :]


def _drop_splinter(text: str, chance: Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(SPLINTERS) + text[at:]

"""Cue text: the words of a caption, with its tags taken off and its character references resolved.

The grammar is WebVTT's (W3C WebVTT, section 4.2.2, "WebVTT cue text"), read strictly: what a browser
would drop or show as rubbish is a problem, named at its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

PLAIN_TAGS = ("c", "i", "b", "u", "ruby", "rt")
"""The tags that stand alone in their angle brackets."""

NAMED_TAGS = ("v", "lang")
"""The tags that need a text after their name: who speaks, which language."""

TIMESTAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
"""W3C WebVTT, section 4.1, "WebVTT timestamp": hours may be left out, milliseconds have three digits."""

_TOKEN = re.compile(r"<[^<>]*>?|&[^;\s&<]*;?|[^<&]+")
_START_TAG = re.compile(r"<([a-z]+)((?:\.[^\s.<>&]+)*)(?:[ \t\n]+([^<>]*?))?[ \t\n]*>")
_END_TAG = re.compile(r"</([A-Za-z]+)>")
_TIME_TAG = re.compile(f"<{TIMESTAMP}>")
_NUMERIC = re.compile(r"&#(?:\d+|[xX][0-9a-fA-F]+);")


@dataclass(frozen=True)
class Problem:
    """Something in a cue's text that a browser would not show as its author meant."""

    rule: str
    """The key of the message in `strings/faults.<language>.yml`."""

    found: str
    """The piece of text itself."""

    offset: int
    """Where it begins, in characters from the start of the payload."""


def seconds(hours: str | None, minutes: str, whole: str, milliseconds: str) -> float:
    """The moment, in seconds, that the four groups of `TIMESTAMP` name."""
    whole_seconds = (int(hours or 0) * 60 + int(minutes)) * 60 + int(whole)
    return (whole_seconds * 1000 + int(milliseconds)) / 1000


def timestamp(moment: float) -> str:
    """`moment`, in seconds, as WebVTT writes it: `00:00:21.000`."""
    whole, milliseconds = divmod(round(moment * 1000), 1000)
    minutes, whole = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{whole:02}.{milliseconds:03}"


def read_cue_text(payload: str, start: float, end: float) -> tuple[str, tuple[Problem, ...]]:
    """The visible text of `payload`, its line breaks kept, and what is wrong with it.

    `start` and `end` are the cue's, in seconds: a time inside the text must lie between them.
    """
    reading = _Reading(payload, start, end)
    for token in _TOKEN.finditer(payload):
        reading.take(token.group(), token.start())
    reading.close()
    return "".join(reading.text), tuple(reading.problems)


@dataclass
class _Reading:
    """The state of one reading: what is open, what was read."""

    payload: str
    moment: float
    end: float
    text: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)

    def problem(self, rule: str, found: str, offset: int) -> None:
        self.problems.append(Problem(rule, found, offset))

    def take(self, token: str, offset: int) -> None:
        if token.startswith("<"):
            self.take_tag(token, offset)
        elif token.startswith("&"):
            self.take_reference(token, offset)
        else:
            self.text.append(token)

    def take_reference(self, token: str, offset: int) -> None:
        known = token[1:] in html5 or _NUMERIC.fullmatch(token)
        if not known or not token.endswith(";"):
            self.problem("captions.ampersand", token, offset)
        self.text.append(unescape(token))

    def take_tag(self, token: str, offset: int) -> None:
        if not re.match(r"</?\w", token) or not token.endswith(">"):
            self.problem("captions.less-than", token, offset)
            self.text.append(token)
        elif token[1].isdigit():
            self.take_time(token, offset)
        elif end_tag := _END_TAG.fullmatch(token):
            self.take_end(end_tag[1], token, offset)
        elif start_tag := _START_TAG.fullmatch(token):
            self.take_start(start_tag[1], start_tag[3], token, offset)
        else:
            self.problem("captions.tag-unknown", token, offset)

    def take_time(self, token: str, offset: int) -> None:
        match = _TIME_TAG.fullmatch(token)
        moment = seconds(*match.groups()) if match else -1.0
        if self.moment < moment < self.end:
            self.moment = moment
        else:
            self.problem("captions.tag-time", token, offset)

    def take_start(self, name: str, annotation: str | None, token: str, offset: int) -> None:
        if name in NAMED_TAGS and not annotation:
            self.problem("captions.tag-unnamed", token, offset)
        elif name not in NAMED_TAGS and (name not in PLAIN_TAGS or annotation):
            self.problem("captions.tag-unknown", token, offset)
            if name not in PLAIN_TAGS:
                return
        if name == "rt" and "ruby" not in self.open_names():
            self.problem("captions.tag-rt", token, offset)
        self.open.append((name, offset))

    def take_end(self, name: str, token: str, offset: int) -> None:
        names = self.open_names()
        if name == "ruby" and names[-2:] == ["ruby", "rt"]:
            self.open.pop()  # the end tag of a last <rt> may be left out
        elif name not in PLAIN_TAGS + NAMED_TAGS:
            if f"<{name}" not in self.payload[:offset]:  # else its start tag was named already
                self.problem("captions.tag-unknown", token, offset)
            return
        elif names[-1:] != [name]:
            self.problem("captions.tag-stray", token, offset)
        if name in names:
            del self.open[len(names) - 1 - names[::-1].index(name)]

    def close(self) -> None:
        """What is left open: only a `<v Name>` at the very start may be (it then holds the whole cue)."""
        for name, offset in self.open:
            if name != "v" or offset > 0:
                self.problem("captions.tag-unclosed", f"<{name}>", offset)

    def open_names(self) -> list[str]:
        return [name for name, _ in self.open]

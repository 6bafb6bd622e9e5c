"""The theme's style sheet without what can match nothing on our pages.

The theme dresses a whole application: drawer, sidebars, tabs, search dialogue, banners, announcements.
Our pages take its grid, its buttons and how it sets Markdown. A rule goes when each of its selectors
asks for something that no page of ours has; what could match stays, so nothing looks different.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

import tinycss2
from tinycss2 import ast

OURS = frozenset({"md-grid", "md-typeset", "md-button", "md-button--primary"})
"""The theme's own classes that our pages use; tests/test_theme.py looks for others on every page."""

PREFIX = "md-"
"""What the theme's own classes begin with. Those of Markdown (`admonition`, `highlight`) have other names."""


@cache  # once for both languages
def without_the_absent(sheet: str) -> str:
    """The style sheet `sheet` without the selectors, and then the rules, that none of our pages can match."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return "".join(_kept(rules))


def _kept(rules: Iterable[ast.Node]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, ast.QualifiedRule):
            selectors = [one for one in _selectors(rule.prelude) if not _is_absent(one)]
            if selectors:
                prelude = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                yield f"{prelude}{{{tinycss2.serialize(rule.content)}}}"
        elif isinstance(rule, ast.AtRule) and rule.at_keyword in {"media", "supports"} and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if text := "".join(_kept(inner)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: Sequence[ast.Node]) -> list[list[ast.Node]]:
    """`a,b` as its two selectors."""
    selectors: list[list[ast.Node]] = [[]]
    for node in prelude:
        if node.type == "literal" and node.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(node)
    return selectors


def _is_absent(selector: Sequence[ast.Node]) -> bool:
    """Whether `selector` asks for a class or an attribute that no page of ours has.

    What stands in `:is(…)` and `:not(…)` may be asked for or not, and is left alone.
    """
    classes = {
        name.value
        for dot, name in pairwise(selector)
        if dot.type == "literal" and dot.value == "." and name.type == "ident"
    }
    attributes = {node.content[0].value for node in selector if node.type == "[] block"}
    return any(one.startswith(PREFIX) for one in classes - OURS) or any(map(is_theme_attribute, attributes))


def is_theme_attribute(name: str) -> bool:
    """Whether only the theme's own templates and script set the attribute `name`."""
    return name == "dir" or name.startswith(f"data-{PREFIX}")

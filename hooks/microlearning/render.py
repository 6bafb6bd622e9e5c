"""The templates of `overrides/`, filled with the model: components, one folder a noun, and partials.

Everything that an author wrote is escaped unless the model says that it is HTML (`Markup`).
A name that a template uses and nobody gave stops the build.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from microlearning import dates, strings
from microlearning.addresses import with_addresses
from microlearning.contents import contents
from microlearning.difference import difference_parts
from microlearning.ledger import cache_folder
from microlearning.lesson import clock_length, file_size
from microlearning.transcript import clock
from microlearning.typography import set_text

OVERRIDES = Path(__file__).parents[2] / "overrides"


class _Environment(Environment):
    """Gives each template the words for all at once: they are copied for each component of each page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> dict[str, Any]:
        return {**self.globals, **(d or {})}


@cache
def environment(folder: Path = OVERRIDES) -> Environment:
    """The templates' environment: everything escaped, nothing undefined."""
    env = _Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a build begins with an environment of its own
        bytecode_cache=_bytecode(cache_folder(folder.parent) / "templates"),
    )
    furnish(env)
    return env


def _bytecode(folder: Path) -> FileSystemBytecodeCache | None:
    """Keeps compiled templates in `folder`, each as long as it says the same; None where nothing can be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


@lru_cache(maxsize=256)
def _template(env: Environment, name: str) -> Template:
    """Kept here too: to ask `env` itself takes as long as to fill a small template."""
    return env.get_template(name)


def furnish(env: Environment) -> None:
    """Give `env` the words and filters that every template of ours may use."""
    env.filters["spelled_out"] = dates.spelled_out
    env.filters["clock"] = clock
    env.filters["clock_length"] = clock_length
    env.filters["html"] = Markup
    env.filters["typeset"] = set_text
    env.filters["difference"] = difference_parts
    env.filters["file_size"] = file_size
    env.filters["addressed"] = with_addresses
    env.filters["contents"] = contents
    env.filters["plural"] = strings.plural
    env.globals["words"] = strings.interface
    env.globals["other"] = strings.other
    env.globals["component"] = component


def component(name: str, **values: object) -> Markup:
    """The component `name` as HTML; `name/part` picks another template of the component's folder.

    Raises:
        jinja2.UndefinedError: the template uses a name that `values` lacks.
    """
    folder, _, part = name.partition("/")
    return _fill(f"components/{folder}/{part or folder}.html", values)


def page(template: str, **values: object) -> str:
    """A whole page that MkDocs does not know, from the page template `template` of `overrides/`."""
    return _filled(template, values)


def partial(name: str, **values: object) -> Markup:
    """The partial `name` of `overrides/partials/` as HTML."""
    return _fill(f"partials/{name}.html", values)


def _fill(template: str, values: dict[str, object]) -> Markup:
    return Markup(_filled(template, values))  # noqa: S704 - the environment has escaped every value


def _filled(template: str, values: dict[str, object]) -> str:
    return _template(environment(), template).render(values)

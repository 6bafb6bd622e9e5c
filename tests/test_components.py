"""A component is one noun with three rooms: its module, its folder, its test."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from microlearning.render import component, environment

ROOT = Path(__file__).parents[1]
COMPONENTS = sorted(folder.name for folder in (ROOT / "overrides" / "components").iterdir())


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_has_its_three_rooms(name: str) -> None:
    folder = ROOT / "overrides" / "components" / name
    assert (folder / f"{name}.html").is_file()
    assert (folder / f"{name}.css").is_file()
    assert (folder / "README.md").is_file()
    assert (ROOT / "hooks" / "microlearning" / f"{name}.py").is_file()
    assert (ROOT / "tests" / f"test_{name}.py").is_file()


@pytest.mark.parametrize("folder", sorted((ROOT / "tests" / "cases").iterdir()), ids=lambda path: path.name)
def test_each_folder_of_cases_belongs_to_a_test(folder: Path) -> None:
    assert (ROOT / "tests" / f"test_{folder.name}.py").is_file()


def test_what_an_author_wrote_is_escaped() -> None:
    template = environment().from_string("{{ words }}")
    assert template.render(words="<script>") == "&lt;script&gt;"
    assert template.render(words=Markup("<b>")) == "<b>"


def test_a_forgotten_value_stops_the_build() -> None:
    with pytest.raises(UndefinedError):
        component("catalogue", language="fr", root="")

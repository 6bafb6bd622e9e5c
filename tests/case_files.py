"""The case files: one case, one YAML file, so that a folder's listing is the noun's specification."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

CASES = Path(__file__).parent / "cases"


def load_cases(noun: str) -> list[Any]:
    """Every case of `tests/cases/<noun>/`, each a pytest parameter named after its file."""
    files = sorted((CASES / noun).glob("*.yml"))
    assert files, f"tests/cases/{noun}/ holds no case"
    return [pytest.param(yaml.safe_load(file.read_text(encoding="utf-8")), id=file.stem) for file in files]

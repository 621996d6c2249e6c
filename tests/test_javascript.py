"""Every module of the browser client is type-checked: each asks for it itself, since vendored ones must not be."""

from pathlib import Path

import bootstrap
import pytest

CLIENT = bootstrap.ROOT / "digi" / "web" / "static" / "digi"
OWN = [path for path in sorted(CLIENT.rglob("*.js")) if "vendor" not in path.relative_to(CLIENT).parts]


@pytest.mark.parametrize("module", OWN, ids=lambda path: str(path.relative_to(CLIENT)))
def test_the_types_of_a_module_are_checked(module: Path):
    assert module.read_text("utf-8").startswith("// @ts-check\n")

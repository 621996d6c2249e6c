"""Typed readers of environment variables that fail with one clear line; knows no setting by name."""

import os
from collections.abc import Mapping
from pathlib import Path


class WrongSetting(Exception):
    """A variable holds what it may not; the text is one line for whoever started the program."""


class Environment:
    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def secret(self, name: str) -> str:
        """The value of `NAME`, or the first line of the file that `NAME_FILE` names; empty if neither is set."""
        path = self.text(f"{name}_FILE")
        if not path:
            return self.text(name)
        try:
            return Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise WrongSetting(f"{name}_FILE: cannot read {path}: {error}.") from None

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """One of `choices`; the first is the default."""
        value = self.text(name, choices[0])
        if value not in choices:
            raise WrongSetting(f"{name} is {value!r}; it may be {' or '.join(choices)}.")
        return value

    def number(self, name: str, default: float, *, least: float = 0) -> float:
        value = self.text(name)
        try:
            number = float(value) if value else default
        except ValueError:
            raise WrongSetting(f"{name} is {value!r}; a number is wanted.") from None
        if not number >= least:
            raise WrongSetting(f"{name} is {value!r}; at least {least:g} is wanted.")
        return number

    def flag(self, name: str) -> bool:
        return self.choice(name, ("0", "1")) == "1"

    def items(self, name: str) -> list[str]:
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

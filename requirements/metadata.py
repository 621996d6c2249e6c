"""Gives a built package the dependencies of run.in and mssql.in, so that they are written down once."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Requirements(MetadataHookInterface):
    def update(self, metadata: dict[str, object]) -> None:
        metadata["dependencies"] = self._wanted("run.in")
        metadata["optional-dependencies"] = {"mssql": self._wanted("mssql.in")}

    def _wanted(self, name: str) -> list[str]:
        lines = (Path(self.root) / "requirements" / name).read_text("utf-8").splitlines()
        stripped = (line.partition("#")[0].strip() for line in lines)
        return [line for line in stripped if line and not line.startswith("-")]

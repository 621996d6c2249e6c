"""Static files under names that hold a hash of their content, so that browsers may keep them for ever; ours made small.

All modules of ours carry one hash, that of all of them: they name each other in circles (what is loaded later imports
what is loaded first, which names what is loaded later), and no page ever mixes those of two versions.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from servestatic.storage import CompressedManifestStaticFilesStorage

from digi.web import weight

_START = r"(?:^|(?<=[;}]))"
_RELATIVE = r"""["'](?P<url>\.[^"']*)["']"""

# Django's own patterns (`support_js_module_import_aggregation`) begin at the word "import" even in a comment, and then
# swallow the first real one; and they take JSDoc's `import("./x.js")` for an import. Ours meet no comment.
_MODULES = (
    (rf"(?m)(?P<matched>{_START}(?P<what>(?:import|export)\b[^;'\"]*?\bfrom)\s*{_RELATIVE}\s*;)", '%(what)s"%(url)s";'),
    (rf"(?m)(?P<matched>{_START}import\s*{_RELATIVE}\s*;)", 'import"%(url)s";'),
    (rf"(?P<matched>\bimport\(\s*{_RELATIVE}\s*\))", 'import("%(url)s")'),
)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also turns the relative imports of ES modules, and the `url()`s of style sheets, into hashed names."""

    patterns = (*ManifestStaticFilesStorage.patterns, ("*.js", _MODULES))
    _together = ""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002 - Django's
        """Collected files under hashed names; of our own modules and sheets, what `weight` makes of them."""
        yield from super().post_process(paths if dry_run else self._lightened(paths), dry_run=dry_run, **options)

    def file_hash(self, name: str | None, content: Any = None) -> Any:
        """One hash for all our modules, else that of the content."""
        is_module = name is not None and name.endswith(".js") and weight.is_own(name)
        return self._together if is_module and self._together else super().file_hash(name, content)

    def _lightened(self, paths: dict[str, Any]) -> dict[str, Any]:
        sources = {path: _read(*paths[path]) for path in paths if weight.is_own(path)}
        made = weight.lightened(sources)
        modules = [f"{path}\0{text}" for path, text in sorted(made.items()) if path.endswith(".js")]
        self._together = hashlib.sha256("\0".join(modules).encode()).hexdigest()[:12]
        memory = InMemoryStorage()
        for path, text in made.items():
            memory.save(path, ContentFile(text.encode()))
            if path not in paths:  # its unhashed twin, which is compressed with the others
                self.delete(path)
                self._save(path, ContentFile(text.encode()))
        kept = {path: found for path, found in paths.items() if path not in sources}
        return kept | {path: (memory, path) for path in made}


def _read(storage: Any, path: str) -> str:
    with storage.open(path) as file:
        return str(file.read().decode("utf-8"))

"""Static files under names that hold a hash of their content, so that browsers may keep them for ever."""

import re
from collections.abc import Callable
from typing import Any

from servestatic.storage import CompressedManifestStaticFilesStorage

_COMMENT = re.compile(r"/\*.*?\*/|(?m:^\s*//.*$)", re.DOTALL)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites the relative imports of ES modules and the `url()`s of style sheets to the hashed names."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 50  # one for each step of the longest chain of imports; Django's 5 is for style sheets

    def url_converter(self, name: str, *args: Any, **kwargs: Any) -> Callable[[re.Match[str]], str]:
        """Leave comments alone: JSDoc names types as `import("./x.js")`, which no browser ever loads."""
        convert = super().url_converter(name, *args, **kwargs)
        return lambda found: found["matched"] if _in_comment(found) else convert(found)


def _in_comment(found: re.Match[str]) -> bool:
    return any(at.start() <= found.start() < at.end() for at in _COMMENT.finditer(found.string))

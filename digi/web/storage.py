"""Static files under names that hold a hash of their content, so that browsers may keep them for ever."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from servestatic.storage import CompressedManifestStaticFilesStorage

_START = r"(?:^|(?<=;))"
_RELATIVE = r"""["'](?P<url>\.[^"']*)["']"""

# Django's own patterns (`support_js_module_import_aggregation`) begin at the word "import" even in a comment, and then
# swallow the first real one; and they take JSDoc's `import("./x.js")` for an import. These begin where a statement
# does, and know a dynamic import by what stands before it.
_MODULES = (
    (rf"(?m)(?P<matched>{_START}(?P<what>(?:import|export)\b[^;'\"]*?\bfrom)\s*{_RELATIVE}\s*;)", '%(what)s"%(url)s";'),
    (rf"(?m)(?P<matched>{_START}import\s*{_RELATIVE}\s*;)", 'import"%(url)s";'),
    (rf"(?P<matched>(?:(?<=await )|(?<==> ))import\({_RELATIVE}\))", 'import("%(url)s")'),
)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Also turns the relative imports of ES modules, and the `url()`s of style sheets, into hashed names."""

    patterns = (*ManifestStaticFilesStorage.patterns, ("*.js", _MODULES))
    max_post_process_passes = 50  # one for each step of the longest chain of imports; Django's 5 is for style sheets

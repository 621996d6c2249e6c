"""What must be in place before anything else: the tables, and at serving the collected static files."""

import hashlib
import re
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from digi import __version__
from digi.kit.environment import WrongSetting

KEPT = 30 * 24 * 3600  # seconds for which pages of an older version still find what they load later
_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+(?:\.\w+)?$")


def prepare_database() -> None:
    """Migrate, if a migration is missing; raises WrongSetting where the database cannot be reached."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise WrongSetting(f"The database cannot be used: {str(error).strip().splitlines()[0]}") from None


def collect_static_files() -> None:
    """Bring STATIC_ROOT up to date, if a source file has changed since the last time."""
    stamp, now = settings.STATIC_ROOT / ".collected", _fingerprint()
    if stamp.is_file() and stamp.read_text("utf-8") == now:
        return
    former = settings.STATIC_ROOT.with_name(f"{settings.STATIC_ROOT.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if settings.STATIC_ROOT.is_dir():
        settings.STATIC_ROOT.rename(former)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    _take_over(former, settings.STATIC_ROOT)
    stamp.write_text(now, "utf-8")


def _take_over(former: Path, root: Path) -> None:
    """Of the files of older versions those that an open page may name; hashed names never mean something else."""
    for file in former.rglob("*"):
        target = root / file.relative_to(former)
        is_wanted = _HASHED.search(file.name) and time.time() - file.stat().st_mtime < KEPT
        if is_wanted and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            file.rename(target)
    shutil.rmtree(former, ignore_errors=True)


def _fingerprint() -> str:
    found = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    marks = sorted(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in found)
    return hashlib.sha256("\n".join([__version__, *marks]).encode()).hexdigest()

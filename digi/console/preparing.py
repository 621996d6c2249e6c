"""What must be in place before anything else: the tables, and at serving the collected static files."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from digi import __version__
from digi.kit.environment import WrongSetting


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
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now, "utf-8")


def _fingerprint() -> str:
    found = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    marks = sorted(f"{file} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in found)
    return hashlib.sha256("\n".join([__version__, *marks]).encode()).hexdigest()

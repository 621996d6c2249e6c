"""Many at once: threads and processes that act on one database at the same moment."""

import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from digi.errors import DigiError

ROOT = Path(__file__).parent.parent


def together(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each returned, or the DigiError it raised; all begin at the same moment, in threads of their own."""
    outcomes: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(index: int) -> None:
        gate.wait()
        try:
            outcomes[index] = works[index]()
        except DigiError as error:
            outcomes[index] = error
        except BaseException as error:  # noqa: BLE001 - raised below, in the test's own thread
            outcomes[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, DigiError):
            raise outcome
    return outcomes


def in_a_process(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Python that runs `code` with Django set up on this very database; its arguments are in `sys.argv[1:]`."""
    settings = connection.settings_dict
    lines = [
        "import sys, django",
        "from django.conf import settings",
        f"settings.DATABASES['default'].update({{'NAME': {str(settings['NAME'])!r}}})",
        "django.setup()",
        code,
    ]
    command = [sys.executable, "-c", "\n".join(lines), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def output_of(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out

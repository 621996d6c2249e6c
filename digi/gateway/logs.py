"""Keeps ids short and secrets out of every log line, our own and the servers'."""

import logging
import re

_SECRET = re.compile(r"(/(?:join|reset)/)[^/\s\"'?]+")
_BEARER = re.compile(r"digi_[A-Za-z0-9_-]{8,}")
_ID = re.compile(r"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{6})[A-Za-z0-9_-]{26}(?![A-Za-z0-9_-])")


def shortened(text: str) -> str:
    return _ID.sub(r"\1…", _BEARER.sub("digi_…", _SECRET.sub(r"\1…", text)))


class ShortIds(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = shortened(record.getMessage()), ()
        return True

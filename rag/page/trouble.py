"""What is said of what failed."""

import logging

from rag.errors import RagError

log = logging.getLogger(__name__)


def reason(error: Exception, what: str, went_wrong: str) -> str:
    """Return why `what` is so, for a reader: `error` in its words if it was made for one.

    Any other error is for the log, and the reader is told `went_wrong`. Call it where `error` is handled.
    """
    if isinstance(error, RagError):
        return str(error)
    log.exception(what)
    return went_wrong

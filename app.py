"""Start the web chat: python app.py."""

from __future__ import annotations

import os
import sys

from rag.chat import Chat
from rag.errors import RagError
from rag.settings import from_environment


def main() -> None:
    """Serve the page over the built index; what a reader can put right is one line and status 1."""
    try:
        settings = from_environment(os.environ)
        chat = Chat.open(settings)
        # Only now: gradio takes seconds to import, and keeps the hub offline that a model may come from.
        from rag import page  # noqa: PLC0415

        page.launch(chat, settings)
    except RagError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

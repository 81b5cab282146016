"""The page: questions, answers and the passages they cite, in a browser. The only door to gradio and mcp.

In reading order:

    stubs      Gradio's import without the type stubs that it writes
    strings    every word a person reads, in each language of the page
    text       what is sent to text
    trouble    what is said of what failed
    article    Article to the JSON that a browser is told: its facts, and its text when somebody opens it
    sources    Passage to the card that a browser is told of
    holdings   what articles hold to the JSON that a browser is told
    view       Outcome to the JSON that a browser is told
    asking     what a browser sends with a question, checked
    shared     answers that readers share, kept as they were
    queue      questions to turns, a few at once
    running    the steps of a question that is being answered, and its end
    changes    what people add and remove, and the build that follows, beside the chat
    calls      what the page, programs and agents may call
    static     what the browser runs; it writes text, never markup
    modules    those scripts as ES modules, at an address that a browser may keep
    layout     the components, and what each asks of the server
    routes     what is served
    guard      who may call the server
    server     the page at an address
"""

import os

# Gradio counts its users and asks the Hugging Face hub for things unless told not to before it is imported.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from rag.page.stubs import leave_unwritten

leave_unwritten()

from rag.page.layout import build  # noqa: E402
from rag.page.server import launch  # noqa: E402

__all__ = ["build", "launch"]

"""The page: questions, answers and the passages they cite, in a browser. The only door to gradio and mcp.

strings.py       every word a person reads
german.py        the same in German
articles.py      what the view of the articles asks: a table of what there is, and changes
changes.py       what people add and remove, and the build that follows, beside the chat
article.py       Article to the JSON that a browser is told: its facts, and its text when somebody opens it
view.py          Outcome to the JSON that a browser is told
choosing.py      what answers can be limited to
asking.py        what a browser sends with a question, checked
running.py       the steps of a question that is being answered, and its end
cases.py         the test cases that readers keep from the page
trial.py         a run of them, and its report
endpoints.py     three calls for programs and agents
layout.py        the components and what happens when someone asks
routes.py        what is served
guard.py         who may call the server
tools.py         these calls as MCP tools
text.py          what is sent to text
trouble.py       what is said of what failed
server.py        the page at an address
*.html *.css *.js  what the browser runs; it writes text, never markup
"""

import os

# Gradio counts its users and asks the Hugging Face hub for things unless told not to before it is imported.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from rag.page.layout import build
from rag.page.server import launch

__all__ = ["build", "launch"]

"""What Gradio would write where it is installed."""

from __future__ import annotations

import subprocess
import sys

SEEN = """
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
{importing}
import gradio
print(sum(path.endswith(".pyi") for path in opened), hasattr(gradio.Button, "click"))
"""


def stubs_opened(importing: str) -> str:
    command = [sys.executable, "-c", SEEN.format(importing=importing)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_the_page_imports_gradio_without_its_stubs():
    assert stubs_opened("import rag.page") == "0 True"


def test_gradio_alone_would_open_them():
    opened, _, works = stubs_opened("").partition(" ")
    assert int(opened) > 0 and works == "True"

"""The browser that the tests look at pages with."""

from __future__ import annotations

import shutil

CHROMIUM = next(
    filter(
        None,
        map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")),
    ),
    None,
)
"""The first has no window to draw, and opens a page in two thirds of the time."""

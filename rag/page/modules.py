"""The page's scripts, which a browser loads as ES modules.

Their address holds a hash of them all: a browser keeps them until one changes, and never mixes versions.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

STATIC = Path(__file__).parent / "static"
"""What the browser is given, by suffix."""

MODULES = {path.name: path.read_bytes() for path in sorted((STATIC / "js").glob("*.js"))}
HOME = f"modules/{sha256(b''.join(MODULES.values())).hexdigest()[:16]}"
"""Where they are, from the page's own address."""

KEPT = {"cache-control": "max-age=31536000, immutable"}


def served(request: Request) -> Response:
    """Return the module that is asked for by its name."""
    module = MODULES.get(request.path_params["file"])
    if module is None:
        return PlainTextResponse("there is no such module", status_code=404)
    return Response(module, media_type="text/javascript", headers=KEPT)


def preloads() -> str:
    """Return elements of a page that have all modules fetched at once, not one after the other."""
    return "".join(f'<link rel="modulepreload" href="{HOME}/{name}">' for name in MODULES)


def starter(component: str) -> str:
    """Return what Gradio runs when a component is there: it hands over what it gives these scripts."""
    return (
        f'import(new URL("{HOME}/start.js", document.baseURI)).then(({{ start }}) =>'
        f' start("{component}", {{ element, props, server, trigger, upload, watch }}));'
        ' // triggers "asked": Gradio looks for the names of events here'
    )

"""A page on another port of this machine, in a real Chromium, tries what it can."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from gradio.context import Context
from playwright.sync_api import expect
from web_server import Reply

from rag import build as building
from rag.chat import Chat

ATTACK = """
async (address) => {
  const told = [];
  const body = (name, data) => JSON.stringify({ fn_name: name, component_id: 0, session_hash: "s", data });
  const ids = Array.from({ length: 60 }, (_, id) => id);
  const send = async (path, options) => {
    const found = await fetch(address + path, options).then((answer) => answer.text(), () => null);
    if (found) told.push([path, found.slice(0, 80)]);
  };
  for (const mode of ["no-cors", "cors"]) for (const credentials of ["include", "omit"]) {
    for (const path of ["gradio_api/component_server/", "gradio_api/component_server"])
      for (const id of ids)
        for (const [name, data] of [["remove_article", "moon.md"], ["keep_case", { question: "x", right: true }]])
          await send(path, { method: "POST", mode, credentials,
                             body: body(name, data).replace('"component_id":0', `"component_id":${id}`) });
    const form = new FormData();
    form.append("files", new Blob(["# Evil"]), "evil.md");
    await send("gradio_api/upload", { method: "POST", mode, credentials, body: form });
    await send("token", { mode, credentials });
    await send("config", { mode, credentials });
    await send("gradio_api/queue/join", { method: "POST", mode, credentials, body: "{}" });
    const headers = { "content-type": "application/json", "x-footnote-token": "x" };
    await send("gradio_api/component_server/", { method: "POST", mode: "cors", credentials, headers, body: body("remove_article", "moon.md") });
  }
  return told;
}
"""  # noqa: E501


@pytest.fixture
def built(settings, toy, toy_is_loaded):
    """Settings over three short articles that are indexed."""
    building.build(settings, embedder=toy)
    return replace(settings, port=0)


@pytest.fixture
def own(built, toy, serve):
    """Serve the page over them, where they may be changed."""
    with serve(Chat.open(built, toy), built) as address:
        yield built, address


@pytest.fixture
def stranger(chromium, site):
    """A tab of a page on another port of localhost."""
    site.replies["/"] = Reply(b"<!doctype html><title>Stranger</title>")
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"http://localhost:{site.port}/")
    yield tab
    context.close()


def kept(settings) -> dict[str, bytes]:
    return {
        str(path.relative_to(settings.corpus.parent)): path.read_bytes()
        for path in settings.corpus.parent.rglob("*")
        if path.is_file() and settings.index not in path.parents
    }


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_another_port_of_this_machine_changes_and_reads_nothing(own, stranger, name):
    settings, address = own
    before = kept(settings)
    address = f"http://{name}:{urlsplit(address).port}/"
    assert stranger.evaluate(ATTACK, address) == []
    for path in ("gradio_api/component_server/", "gradio_api/upload", "gradio_api/queue/join"):
        for kind in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded"):
            with stranger.expect_popup() as opened:
                stranger.evaluate(
                    """([action, enctype]) => {
                        const form = Object.assign(document.createElement("form"), { action, enctype });
                        form.method = "post"; form.target = "_blank";
                        form.append(Object.assign(document.createElement("input"), { name: '{"fn_name":"remove_article","data":"moon.md","x":"', value: '"}' }));
                        document.body.append(form); form.submit(); }""",  # noqa: E501
                    [address + path, kind],
                )
            expect(opened.value.locator("body")).to_contain_text("may not use this one")
            opened.value.close()
    assert kept(settings) == before


def test_another_site_frames_nothing(own, stranger):
    _, address = own
    stranger.evaluate(
        """(address) => { const frame = document.createElement("iframe"); frame.src = address;
                          const loaded = new Promise((done) => frame.onload = done);
                          document.body.append(frame); return loaded; }""",
        address,
    )
    # What a frame may not show becomes an error page, whose address arrives after its load.
    framed = stranger.frames[1]
    framed.wait_for_function("() => location.href === 'chrome-error://chromewebdata/'")


def test_a_link_to_a_foreign_document_does_not_open_it_here(own, stranger, site):
    settings, address = own
    script = b"<script>document.title = 'taken over'</script>"
    site.replies["/evil.html"] = Reply(script)
    before = kept(settings)
    for prefix in ("gradio_api/file=", "gradio_api/proxy="):
        stranger.goto(f"{address}{prefix}{site.address}/evil.html")
        assert stranger.title() != "taken over"
        assert stranger.locator("body").inner_text() == "nothing is served here"
    assert "/evil.html" not in site.paths
    assert kept(settings) == before


def test_the_page_itself_still_changes_articles_after_the_server_was_started_anew(
    built, toy, serve, chromium, monkeypatch
):
    context = chromium.new_context()
    tab = context.new_page()

    monkeypatch.setattr(Context, "id", 0)  # what a page is made of is numbered anew in each process

    def remove(title: str, id_: str) -> None:
        tab.get_by_role("button", name=f"Remove the article: {title}").click()
        tab.locator(".articles-yes").click()
        expect(tab.locator(".articles-told li").first).to_contain_text(f"Removed {id_}")
        assert not (built.corpus / id_).exists()

    with serve(Chat.open(built, toy), built) as address:
        tab.goto(address)
        tab.get_by_role("navigation", name="Views").get_by_role("button", name="Articles").click()
        remove("Bread", "bread.md")
        expect(tab.locator(".articles-count")).to_have_text("2 articles")
    monkeypatch.setattr(Context, "id", 0)
    with serve(Chat.open(built, toy), replace(built, port=urlsplit(address).port)):
        remove("Tea", "tea.md")
        expect(tab.locator(".articles-count")).to_have_text("1 article")
        tab.locator("input[type=file]").set_input_files(
            [{"name": "cape.txt", "mimeType": "text/plain", "buffer": b"The cape is windy."}]
        )
        expect(tab.locator(".articles-count")).to_have_text("2 articles")
    context.close()

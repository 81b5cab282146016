"""What people add to the corpus and take out of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from web_server import Reply, Site

from rag.corpus import intake
from rag.corpus.changed import since
from rag.corpus.folder import read_folder, states
from rag.corpus.intake import Kept, Refused
from rag.errors import IntakeError, ReadingError, WebError
from rag.settings import Settings
from rag.types import Article

STORY = "The lighthouse on the northern cape was lit for the first time in 1854. " * 4


def page(title: str, *, story: str = STORY, head: str = "") -> Reply:
    return Reply(
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1><p>{story}</p>"
        "</article></body></html>".encode()
    )


@pytest.fixture
def local(settings: Settings) -> Settings:
    """Settings under which this machine's own sites may be fetched."""
    return replace(settings, private_addresses=True)


def fetch(settings: Settings, address: str) -> list[intake.Result]:
    return list(intake.fetch(settings, address, pause=0))


def articles(settings: Settings) -> dict[str, Article]:
    return {article.id: article for article in read_folder(settings.corpus).articles}


def test_a_file_is_added_to_a_collection_of_its_own(settings: Settings) -> None:
    assert intake.keep(settings, "cape.txt", STORY.encode()) == Kept("added/cape.txt", "added")
    assert articles(settings)["added/cape.txt"].text == STORY.strip()


def test_nothing_is_overwritten_and_the_same_is_not_added_twice(settings: Settings) -> None:
    expected: tuple[tuple[str, str, Literal["added", "unchanged"]], ...] = (
        ("One.", "added/a.txt", "added"),
        ("Two.", "added/a-2.txt", "added"),
        ("Three.", "added/a-3.txt", "added"),
        ("Two.", "added/a-2.txt", "unchanged"),
        ((settings.corpus / "tea.md").read_text(encoding="utf-8"), "tea.md", "unchanged"),
    )
    for content, path, what in expected:
        assert intake.keep(settings, "a.txt", content.encode()) == Kept(path, what)
    assert (settings.corpus / "added/a.txt").read_text(encoding="utf-8") == "One."


def test_a_file_that_was_changed_and_is_added_again_takes_the_place_of_its_older_self(
    settings: Settings,
) -> None:
    for text, path, what in (
        ("The cape is windy.", "added/a.txt", "added"),
        ("The cape is calm.", "added/a.txt", "updated"),
        ("Bread needs flour, water and salt.", "added/a-2.txt", "added"),
        ("Bread needs flour, water, salt and time.", "added/a-2.txt", "updated"),
        ("The cape is still calm.", "added/a.txt", "updated"),
    ):
        done = intake.keep(settings, "a.txt", text.encode())
        assert (done.path, done.what) == (path, what)
    found = {id_: article.text for id_, article in articles(settings).items() if "added" in id_}
    assert found == {
        "added/a.txt": "The cape is still calm.",
        "added/a-2.txt": "Bread needs flour, water, salt and time.",
    }
    kept = (settings.corpus / ".removed/added").iterdir()
    assert sorted(file.read_text(encoding="utf-8") for file in kept) == [
        "Bread needs flour, water and salt.",
        "The cape is calm.",
        "The cape is windy.",
    ]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("clock.txt", None, None),  # ../shared/cases/15
        ("prices.md", "# Prices\n\nAdults pay 4.50 crowns.", "# Prices\n\nAdults pay 5.20 crowns."),
        (
            "hours.html",
            "<title>Hours</title><p>The pool is open until six.</p>",
            "<title>Hours</title><p>The pool is open until nine.</p>",
        ),
    ],
)
def test_of_a_file_that_was_changed_only_the_newer_is_read(
    settings: Settings, shared: Path, name: str, before: str | None, after: str | None
) -> None:
    if before is None or after is None:
        case = shared / "cases/15"
        if not case.is_dir():
            pytest.skip("no cases in shared")
        before = (case / ".removed/added/clock.txt").read_text(encoding="utf-8")
        after = (case / "added/clock-2.txt").read_text(encoding="utf-8")
        assert [article.id for article in read_folder(case).articles] == ["added/clock-2.txt"]
    intake.keep(settings, name, before.encode())
    assert intake.keep(settings, name, after.encode()).what == "updated"
    found = read_folder(settings.corpus)
    [own] = [article.text for article in found.articles if article.id.startswith("added/")]
    assert own.split()[-1] == after.replace("</p>", "").split()[-1]
    then = states(settings.corpus)
    (settings.corpus / "added" / name).unlink()
    assert since(settings.corpus, found.files, then).told() == (
        "1 file was removed since the index was built; run rag build"
    )


def test_pages_of_one_name_and_other_addresses_are_not_one_that_was_changed(settings: Settings) -> None:
    for number in (1, 2):
        page = f"---\nurl: https://x.example/{number}\n---\nThe weather today is fine in all of the land."
        assert intake.keep(settings, "index.md", page.encode()).what == "added"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../evil.txt", "evil.txt"),
        ("..\\..\\evil.txt", "evil.txt"),
        ("/etc/evil.txt", "evil.txt"),
        ("C:\\evil.txt", "evil.txt"),
        ("e\0vil.txt", "evil.txt"),
        ("e\nv\u202eil\x1b[31m.txt", "e-vil[31m.txt"),
        (".evil.txt", "evil.txt"),
        ("~$evil.txt", "evil.txt"),
        ("...txt", "article.txt"),
        ("CON.txt", "_CON.txt"),
        ("evil. .txt", "evil.txt"),
        ("<b>evil</b>|#1?.TXT", "b-1.txt"),
        ("$(rm -rf ~); evil.txt", "(rm--rf-~)-evil.txt"),
        ("\ud800evil.txt", "evil.txt"),
        ("é" * 300 + ".txt", "é" * 75 + ".txt"),
        ("e\u0301vil.txt", "évil.txt"),
    ],
)
def test_a_hostile_name_is_made_harmless(settings: Settings, name: str, path: str) -> None:
    assert intake.keep(settings, name, STORY.encode()).path == f"added/{path}"
    assert f"added/{path}" in articles(settings)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", b"MZ", r"is not in a known format \(\.exe\)"),
        ("article", b"text", r"is not in a known format \(no suffix\)"),
        (".txt", b"text", r"is not in a known format \(no suffix\)"),
        ("", b"text", r"is not in a known format"),
        ("a.txt", b"", "holds no text"),
        ("a.pdf", b"no PDF", "PDF"),
        ("a.jsonl", b"{}\n", "text"),
        ("a.csv", b"", "row|article|empty|column"),
    ],
)
def test_a_file_that_gives_no_article_is_not_kept(
    settings: Settings, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(ReadingError, match=reason):
        intake.keep(settings, name, content)
    assert not (settings.corpus / "added").exists()


def test_a_file_that_is_too_large_is_not_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LARGEST", 10)
    (tmp_path / "large.txt").write_bytes(b"x" * 11)
    for attempt in (
        lambda: intake.keep_file(settings, tmp_path / "large.txt"),
        lambda: intake.keep(settings, "large.txt", b"x" * 11),
    ):
        with pytest.raises(ReadingError, match="has 11 bytes, more than the 10 that are read"):
            attempt()


def test_a_file_is_added_by_its_path(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "cape.txt").write_text(STORY, encoding="utf-8")
    assert intake.keep_file(settings, tmp_path / "cape.txt") == Kept("added/cape.txt", "added")
    for path, reason in ((tmp_path, "is a folder"), (tmp_path / "none.txt", "is not there")):
        with pytest.raises(ReadingError, match=reason):
            intake.keep_file(settings, path)


def test_half_a_file_is_never_seen(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killing, pytest.raises(KeyboardInterrupt):
        killing.setattr(Path, "replace", killed)
        intake.keep(settings, "cape.txt", STORY.encode())
    assert sorted(articles(settings)) == ["bread.md", "moon.md", "tea.md"]
    intake.keep(settings, "cape.txt", STORY.encode())
    assert [file.name for file in (settings.corpus / "added").iterdir()] == ["cape.txt"]


def test_a_corpus_that_cannot_be_changed_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="no folder"):
        intake.keep(replace(settings, corpus=tmp_path / "none"), "a.txt", b"text")
    (settings.corpus / "added").write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(IntakeError, match="cannot be written"):
        intake.keep(settings, "a.txt", b"text")
    for name in ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv"):
        (tmp_path / "beir" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "beir" / name).write_text("{}", encoding="utf-8")
    with pytest.raises(IntakeError, match="BEIR"):
        intake.keep(replace(settings, corpus=tmp_path / "beir"), "a.txt", b"text")


def test_a_page_is_kept_as_it_was_fetched_and_knows_its_address(local: Settings, site: Site) -> None:
    site.replies["/2026/05/04/cape"] = page("The Cape’s Light")
    address = f"{site.address}/2026/05/04/cape"
    [kept] = fetch(local, address)
    assert isinstance(kept, Kept)
    assert kept.what == "added"
    assert kept.path.startswith("added/the-cape-s-light-")
    content = (local.corpus / kept.path).read_bytes()
    assert content.endswith(site.replies["/2026/05/04/cape"].content)
    article = articles(local)[kept.path]
    assert (article.title, article.url) == ("The Cape’s Light", address)
    assert article.source == f"127.0.0.1:{site.port}"
    assert f"{article.published}" == "2026-05-04"


def test_a_page_fetched_again_takes_the_place_of_its_older_self(local: Settings, site: Site) -> None:
    site.replies["/cape"] = page("Cape")
    [first] = fetch(local, f"{site.address}/cape")
    assert fetch(local, f"{site.address}/cape") == [Kept(first.path, "unchanged")]
    site.replies["/cape"] = page("Another title", story="It was put out in 1990. " * 20)
    assert fetch(local, f"{site.address}/cape#light") == [Kept(first.path, "updated")]
    assert articles(local)[first.path].title == "Another title"
    site.replies["/cape"] = Reply(status=410)
    with pytest.raises(WebError, match="answers 410 Gone"):
        fetch(local, f"{site.address}/cape")
    assert first.path in articles(local)


def test_a_page_that_says_its_query_means_nothing_is_one_page(local: Settings, site: Site) -> None:
    head = f'<link rel="canonical" href="{site.address}/cape">'
    site.replies["/cape"] = site.replies["/cape?from=feed"] = page("Cape", head=head)
    site.replies["/other"] = page("Other", head=head)
    [first] = fetch(local, f"{site.address}/cape")
    [second] = fetch(local, f"{site.address}/cape?from=feed")
    [other] = fetch(local, f"{site.address}/other")
    assert second.path == first.path != other.path


def test_the_encoding_that_a_server_names_is_kept_with_the_page(local: Settings, site: Site) -> None:
    story = "Маяк зажгли впервые в 1854 году. " * 20
    content = f"<html><title>Маяк</title><body><article><p>{story}</p></article></body></html>".encode(
        "cp1251"
    )
    site.replies["/"] = Reply(content, "text/html; charset=windows-1251")
    [kept] = fetch(local, site.address)
    assert articles(local)[kept.path].text.startswith("Маяк зажгли впервые")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_page_in_any_encoding_knows_its_address(local: Settings, site: Site, encoding: str) -> None:
    story = "Café life goes on along the old quays of the town. " * 20
    content = f"<html><title>Café</title><body><article><p>{story}</p></article></body></html>"
    site.replies["/a--b?charset=koi8-r"] = Reply(content.encode(encoding))
    [kept] = fetch(local, f"{site.address}/a--b?charset=koi8-r")
    article = articles(local)[kept.path]
    assert article.text.startswith("Café life")
    assert article.url == f"{site.address}/a-%2Db?charset=koi8-r"


def test_other_formats_are_told_by_their_kind_their_content_or_their_address(
    local: Settings, site: Site
) -> None:
    site.replies["/a.md"] = Reply(b"---\ntitle: Marked\n---\nSome words.", "text/plain")
    site.replies["/b"] = Reply(STORY.encode(), "text/plain; charset=utf-8")
    site.replies["/c"] = Reply(page("Untold").content, "application/octet-stream")
    kinds = [
        Path(kept.path).suffix
        for path in "a.md b c".split()
        for kept in fetch(local, f"{site.address}/{path}")
    ]
    assert kinds == [".md", ".txt", ".html"]
    site.replies["/d.zip"] = Reply(b"PK", "application/zip")
    with pytest.raises(ReadingError, match=r"not in a known format \('application/zip'\)"):
        fetch(local, f"{site.address}/d.zip")
    site.replies["/e"] = Reply(b"%PDF-1.7 broken", "text/html")
    with pytest.raises(ReadingError, match="PDF"):
        fetch(local, f"{site.address}/e")


def test_a_page_that_gives_no_article_is_not_kept(local: Settings, site: Site) -> None:
    site.replies["/"] = page("App", story="Please allow scripts. This page does not work without them.")
    with pytest.raises(ReadingError, match=r"only \d+ characters of text; it may need a script or a login"):
        fetch(local, site.address)
    assert sorted(articles(local)) == ["bread.md", "moon.md", "tea.md"]


def test_private_addresses_are_refused_unless_they_are_allowed(settings: Settings, site: Site) -> None:
    site.replies["/"] = page("Secret")
    with pytest.raises(WebError, match="not a public address"):
        fetch(settings, site.address)
    assert site.asked == []


def feed_of(*paths: str) -> Reply:
    entries = "".join(f"<item><link>{path}</link></item>" for path in paths)
    return Reply(f"<rss><channel>{entries}</channel></rss>".encode(), "application/rss+xml")


def test_the_pages_of_a_feed_are_added_and_what_cannot_be_is_named(local: Settings, site: Site) -> None:
    site.replies["/feed"] = feed_of("/one", "/two", "/gone", "/private", "http://[x/")
    site.replies["/one"], site.replies["/two"] = page("One"), page("Two", story=STORY[::-1])
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private", "text/plain")
    done: list[tuple[int, int]] = []
    results = list(
        intake.fetch(local, f"{site.address}/feed", pause=0, progress=lambda *step: done.append(step))
    )
    assert [result.what if isinstance(result, Kept) else result.reason for result in results] == [
        "added",
        "added",
        "answers 404 Not Found",
        "is not to be fetched by programs, says its site's robots.txt",
    ]
    assert done == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert intake.told(results) == "2 added, 2 not added"
    assert intake.told(fetch(local, f"{site.address}/feed")) == "2 already there, 2 not added"


def test_no_more_pages_are_fetched_than_the_limit(
    local: Settings, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MOST_PAGES", 1)
    site.replies["/feed"] = feed_of("/one", "/two")
    site.replies["/one"] = page("One")
    refused, kept = fetch(local, f"{site.address}/feed")
    assert refused == Refused(f"{site.address}/feed", "lists 2 pages; only the first 1 are fetched")
    assert isinstance(kept, Kept)
    monkeypatch.setattr(intake, "LONGEST_VISIT", -1.0)
    _, late = fetch(local, f"{site.address}/feed")
    assert late == Refused(f"{site.address}/feed", "takes too long; 0 of its 1 pages were fetched")


def test_the_pages_of_an_index_of_sitemaps_are_added(local: Settings, site: Site) -> None:
    site.replies["/sitemap.xml"] = Reply(
        f"<sitemapindex><sitemap><loc>{site.address}/1.xml</loc></sitemap>"
        f"<sitemap><loc>{site.address}/2.xml</loc></sitemap></sitemapindex>".encode(),
        "text/xml",
    )
    site.replies["/1.xml"] = Reply(f"<urlset><url><loc>{site.address}/one</loc></url></urlset>".encode())
    site.replies["/one"] = page("One")
    missing, kept = fetch(local, f"{site.address}/sitemap.xml")
    assert missing == Refused(f"{site.address}/2.xml", "answers 404 Not Found")
    assert isinstance(kept, Kept)


def test_a_list_of_nothing_is_an_error(local: Settings, site: Site) -> None:
    site.replies["/feed"] = feed_of()
    with pytest.raises(WebError, match="no page is known"):
        fetch(local, f"{site.address}/feed")


def test_a_removed_article_is_kept_where_it_is_not_read(settings: Settings) -> None:
    text = (settings.corpus / "tea.md").read_bytes()
    place = intake.remove(settings, "tea.md")
    assert place == settings.corpus / ".removed/tea.md"
    assert place.read_bytes() == text
    assert sorted(articles(settings)) == ["bread.md", "moon.md"]
    intake.keep(settings, "tea.md", b"Another tea.")
    intake.remove(settings, "added/tea.md")
    (settings.corpus / "tea.md").write_text("A third tea.", encoding="utf-8")
    assert intake.remove(settings, "tea.md") == settings.corpus / ".removed/tea-2.md"


@pytest.mark.parametrize("id_", ["tee.md", "../settings", "/etc/passwd", ".removed/x.md", "", "moon.md\0"])
def test_what_is_no_article_cannot_be_removed(settings: Settings, id_: str) -> None:
    told = id_.replace("\0", r"\\x00")  # control characters are spelled
    with pytest.raises(IntakeError, match=f"no file {told}"):
        intake.remove(settings, id_)


def test_a_row_of_a_table_cannot_be_removed_alone(settings: Settings) -> None:
    (settings.corpus / "t.csv").write_text("id,text\n1,Some words.\n", encoding="utf-8")
    assert "t.csv#1" in articles(settings)
    with pytest.raises(IntakeError, match=r"t\.csv#1 is a row; remove its whole table t\.csv"):
        intake.remove(settings, "t.csv#1")
    intake.remove(settings, "t.csv")
    (settings.corpus / "notes #1.txt").write_text("Some words.", encoding="utf-8")
    intake.remove(settings, "notes #1.txt")

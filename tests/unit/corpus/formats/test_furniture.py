"""Page furniture goes, prose and captions stay."""

import json
from pathlib import Path

import pytest

from rag.corpus.formats.text.furniture import is_furniture

NEWS = Path(__file__).parents[4].parent / "shared" / "data" / "news" / "corpus.jsonl"


@pytest.mark.parametrize(
    "line",
    [
        "Loading",
        "Loading...",
        "Loading Tweet ...",
        "Tweet not loading? See it directly on Twitter",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below.",
        "Article continues after this advertisement",
        "Share this article",
        "Share on Facebook",
        "Read more:",
        "Read More",
        "Related:",
        "Subscribe",
        "Sign up for our newsletter",
        "Sign up for our weekly newsletter to get the news.",
        "Sign up for CNN’s Wonder Theory science newsletter. Explore the universe with news on discoveries.",
        "Click here to read the full report.",
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "Skip to content",
        "Image source, Getty Images",
        "Follow us on Facebook and Twitter.",
        "Like us on Facebook\nFollow us on Twitter & Instagram",
        "Follow Ann Lee on Twitter @annlee",
        "Email the author | Follow on Twitter",
        "Loading Photo Gallery",
        "Loading the map...",
        "Terms of Use | Privacy Policy",
        "© 2025 Daily News. All rights reserved.",
    ],
)
def test_a_line_that_is_furniture_is_known(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Loading of grain resumed at Odesa on Friday.",
        "Advertisement spending fell by 4 percent.",
        "“Share this article with everyone,” the minister wrote.",
        "Read more slowly, the teacher advised.",
        "Subscribe numbers rose to two million.",
        "Sign up for the airline's newsletter to get cheap fares, analysts advise.",
        "Sign up for benefits opened on Monday.",
        "He told users to click here to reset their passwords.",
        "We use cookies and cream in the second layer.",
        "The site uses cookies to follow its readers, regulators said.",
        "Image caption, The minister in Kyiv on Tuesday",
        "Defence Secretary John Healey (right) in Kyiv [Photo by Open Government Licence v3.0]",
        "Follow us on Friday as polls close.",
        "Follow us on Facebook\nThe hall closed in 1934.",
        "Loading docks",
        "Follow the money on Twitter",
        "Privacy policy",
        "Related companies were fined.",
        "All rights reserved for the tribe were lost in 1887.",
    ],
)
def test_prose_and_captions_with_the_same_words_stay(line):
    assert not is_furniture(line)


@pytest.mark.skipif(not NEWS.exists(), reason=f"needs the news articles in {NEWS}")
def test_in_real_news_no_long_line_but_a_known_pitch_is_taken_for_furniture():
    pitches = ("Sign up for", "Get our free weekly newsletter", "Video player was slow")
    with NEWS.open(encoding="utf-8") as rows:
        lines = {line for row in rows for line in json.loads(row)["text"].split("\n")}
    dropped = {line for line in lines if is_furniture(line)}
    assert {line for line in dropped if len(line) > 80 and not line.startswith(pitches)} == set()
    assert "Read More" in dropped

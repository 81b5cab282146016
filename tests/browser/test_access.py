"""The page by keyboard, on narrow screens, in the dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from three_articles import HACK, NOWHERE, QUARANTINE, REFUSED, WHEN

CONTRAST = """
() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = rgba(getComputedStyle(e).backgroundColor);
      if (color[3] > 0.99) return color;
    }
    return [255, 255, 255, 1];
  };
  const poor = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim(), element = walk.currentNode.parentElement;
    if (!text || !element.checkVisibility() || !element.closest('#top, #desk')) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    seen += 1;
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${element.className}: ${text.slice(0, 40)}`);
  }
  return { poor, seen };
}
"""


def test_the_keyboard_alone_reaches_a_citation_its_passage_and_the_way_back(reader):
    tab = reader.tab
    reader.ask(WHEN)
    expect(tab.locator("#question textarea")).to_be_focused()
    for _ in range(7):
        tab.keyboard.press("Shift+Tab")
    chip = tab.locator(".chip").nth(0)
    expect(chip).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("mark.current")).to_have_text([QUARANTINE])
    expect(tab.locator("mark.current")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator(".chip").nth(1)).to_be_focused()


def test_focus_can_be_seen(reader):
    reader.ask(WHEN)
    for _ in range(5):
        reader.tab.keyboard.press("Shift+Tab")
    chip = reader.tab.locator(".chip").nth(2)
    expect(chip).to_be_focused()
    expect(chip).to_have_css("outline-style", "solid")


def test_the_box_and_the_panel_have_names(reader):
    expect(reader.tab.get_by_role("textbox", name="Your question")).to_be_visible()
    expect(reader.tab.get_by_role("complementary", name="Sources")).to_be_visible()
    expect(reader.tab.get_by_role("log")).to_have_count(1)
    assert reader.tab.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("width", [320, 390, 800, 1024, 1600])
def test_nothing_is_wider_than_the_screen(new_reader, address, width):
    reader = new_reader(width=width).open(address)
    for question in (WHEN, NOWHERE, HACK):
        reader.ask(question)
        assert reader.tab.evaluate("document.documentElement.scrollWidth") <= width
        for part in (".conversation", "#compose", ".turn:last-child"):
            right = reader.tab.evaluate("p => document.querySelector(p).getBoundingClientRect().right", part)
            assert right <= width
        wide = reader.tab.evaluate("() => { const c = document.querySelector('.conversation');"
                                   " return c.scrollWidth - c.clientWidth; }")  # fmt: skip
        assert wide <= 0


def test_on_a_narrow_screen_a_citation_opens_a_sheet_that_can_be_closed(new_reader, address):
    reader = new_reader(width=390).open(address)
    sheet = reader.tab.locator("#shelf")
    chip = reader.ask(WHEN).get_by_role("button", name="Citation 2")
    expect(sheet).to_be_hidden()
    chip.click()
    expect(reader.tab.get_by_role("dialog", name="Sources")).to_be_visible()
    expect(reader.tab.locator("mark.current")).to_be_focused()
    expect(reader.tab.locator("mark.current")).to_be_in_viewport()
    assert reader.tab.evaluate("document.getElementById('talk').inert")
    reader.tab.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
    expect(chip).to_be_focused()
    chip.press("Enter")
    expect(sheet).to_be_visible()
    reader.tab.mouse.click(200, 20)  # beside the sheet
    expect(sheet).to_be_hidden()
    assert not reader.tab.evaluate("document.getElementById('talk').inert")


def test_a_sheet_becomes_a_column_when_the_screen_grows(new_reader, address):
    reader = new_reader(width=390).open(address)
    reader.ask(WHEN).get_by_role("button", name="Citation 2").click()
    reader.tab.set_viewport_size({"width": 1280, "height": 800})
    expect(reader.tab.get_by_role("complementary", name="Sources")).to_be_visible()
    reader.type("the rest of the page can be used")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_text_has_a_contrast_of_4_5_at_least(new_reader, address, scheme, width):
    reader = new_reader(width=width, scheme=scheme).open(address)
    paper = reader.tab.evaluate(
        "getComputedStyle(document.querySelector('.gradio-container')).backgroundColor"
    )
    assert paper == {"light": "rgb(250, 249, 246)", "dark": "rgb(23, 22, 20)"}[scheme]
    seen = [reader.tab.evaluate(CONTRAST)]
    for question in (REFUSED, NOWHERE, WHEN):
        reader.ask(question)
        seen.append(reader.tab.evaluate(CONTRAST))
    reader.tab.locator(".chip").nth(1).hover()
    expect(reader.tab.get_by_role("tooltip")).to_be_visible()
    seen.append(reader.tab.evaluate(CONTRAST))
    reader.tab.locator(".turn summary").last.click()
    seen.append(reader.tab.evaluate(CONTRAST))
    reader.tab.locator(".chip").nth(0).click()
    expect(reader.tab.locator("mark.current")).to_be_focused()
    seen.append(reader.tab.evaluate(CONTRAST))
    assert [poor for state in seen for poor in state["poor"]] == []
    assert all(state["seen"] > 5 for state in seen)

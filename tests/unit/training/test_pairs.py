"""What limits a quote: pairs of sentences as tokens, learnt by a reader, and put out with it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from rag.answer.limits import Head
from rag.types import Article, Passage, Sentence
from training.limits import CHOSEN, HELD, Pair, learnt, packed, places
from training.packed import Ragged
from training.pairs import Pairs
from training.prepare import bare_tokenizer
from training.reader import MIDDLE, Reader

CPU = torch.device("cpu")


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    config = {
        "model_type": "bert", "hidden_size": 16, "num_hidden_layers": MIDDLE + 1, "num_attention_heads": 2,
        "intermediate_size": 16, "vocab_size": 200, "max_position_embeddings": 64,
    }  # fmt: skip
    (tmp_path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    torch.manual_seed(0)
    return Reader(tmp_path).eval()


def pairs() -> Pairs:
    """Two pairs: of a question of two tokens, and of none."""
    return Pairs(
        questions=Ragged.of([[5, 6], []], "uint16"),
        passages=Ragged.of([[20, 21, 22, 23, 24], [30, 31, 32]], "uint16"),
        spans=np.array([[0, 2, 3, 5], [0, 1, 1, 3]], dtype=np.int32),
        skipped=np.array([1, 0], dtype=np.float32),
        needed=np.array([1, 0], dtype=np.float32),
    )


def test_the_head_that_is_put_out_says_what_was_learnt(reader: Reader, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="needs the extra: pip install -e '.[training]'")
    from training.export import head_of

    with torch.no_grad():
        reader.limit.weight.copy_(reader.limit.weight.round(decimals=4))
        reader.limit.bias.copy_(reader.limit.bias.round(decimals=4))
    (tmp_path / "limits.json").write_text(json.dumps(head_of(reader)), encoding="utf-8")
    head = Head.load(tmp_path / "limits.json")
    marks = reader.marks
    for row, (needed, skipped) in enumerate(((True, 1), (False, 0))):
        before = [marks.first, *pairs().questions[row].tolist(), *marks.between]
        ids = torch.tensor([[*before, *pairs().passages[row].tolist(), marks.last]])
        kinds = (torch.arange(ids.shape[1]) >= len(before)).long()[None]
        with torch.no_grad():
            _, states = reader.with_states(ids, torch.ones_like(ids), kinds)
            loss = pairs().loss(reader, np.array([row]), CPU).item()
        first, end, begin, last = (pairs().spans[row] + len(before)).tolist()
        quoted, following = (states[0, at:to].mean(0).numpy() for at, to in ((first, end), (begin, last)))
        likely = head.probability(quoted, following, skipped=skipped)
        assert np.exp(-loss) == pytest.approx(likely if needed else 1 - likely, abs=1e-4)


def test_a_loss_is_the_mean_of_its_pairs(reader: Reader) -> None:
    with torch.no_grad():
        each = [pairs().loss(reader, np.array([row]), CPU).item() for row in range(2)]
        both = pairs().loss(reader, np.array([0, 1]), CPU).item()
    assert both == pytest.approx(np.mean(each), abs=1e-6)


def test_every_pair_is_dealt_once_a_round() -> None:
    many = pairs()
    dealt = np.concatenate([many.dealt(step, seed=4, size=3) for step in range(4)])
    assert [sorted(each) for each in dealt.reshape(-1, 2).tolist()] == [[0, 1]] * 6
    assert dealt.tolist() != np.concatenate([many.dealt(s, seed=5, size=3) for s in range(4)]).tolist()


def test_pairs_are_the_same_from_a_file(tmp_path: Path) -> None:
    pairs().save(tmp_path / "limits.npz")
    found = Pairs.load(tmp_path / "limits.npz")
    assert [found.passages[1].tolist(), found.questions[0].tolist()] == [[30, 31, 32], [5, 6]]
    assert found.spans.tolist() == pairs().spans.tolist() and found.needed.tolist() == [1, 0]


def test_the_tokens_of_a_pair_are_those_of_its_sentences() -> None:
    text = "It rains. The pool is open. On Fridays it stays shut."
    article = Article("pool.md", "The pool", text)
    spans = [(0, 9), (10, 27), (28, len(text))]
    passage = Passage(article, 0, len(text), tuple(Sentence(article, *span) for span in spans))
    tokenizer = bare_tokenizer()
    found = packed([Pair(passage, spans[1], spans[2], True, "Is it open?")], tokenizer)
    first, end, begin, last = found.spans[0]
    tokens = found.passages[0]
    assert tokenizer.decode(tokens[first:end].tolist()) == "the pool is open."
    assert tokenizer.decode(tokens[begin:last].tolist()) == "on fridays it stays shut."
    assert tokenizer.decode(found.questions[0].tolist()) == "is it open?"


def test_what_is_held_apart_is_not_learnt() -> None:
    titles = {part: {each.article.title for each in places() if each.part == part} for part in (CHOSEN, HELD)}
    found = {pair.passage.article.title for pair in learnt()}
    assert len(found) > 200 and all(titles.values())
    assert not found & titles[CHOSEN] and not found & titles[HELD]


def test_a_run_goes_on_from_the_head_that_is_shipped(reader: Reader) -> None:
    pytest.importorskip("onnx", reason="needs the extra: pip install -e '.[training]'")
    from training.export import head_of
    from training.weights import limit

    quoted, following, pair = (np.arange(start, start + 16, dtype=np.float32) for start in (0, 20, 40))
    reader.load(limit(Head(quoted, following, pair, skipped=0.5, bias=-3.0)))
    assert head_of(reader) == {
        "quoted": quoted.tolist(), "following": following.tolist(), "pair": pair.tolist(),
        "skipped": 0.5, "bias": -3.0,
    }  # fmt: skip


def test_a_reader_learns_to_tell(reader: Reader) -> None:
    rows, optimizer = np.array([0, 1]), torch.optim.AdamW(reader.parameters(), lr=1e-2)
    losses = []
    for _ in range(20):
        loss = pairs().loss(reader, rows, CPU)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert losses[-1] < 0.1 < losses[0]
    moved = {name for name, each in reader.named_parameters() if each.grad is not None and each.grad.any()}
    assert any("layer.0." in name for name in moved) and not any("layer.4." in name for name in moved)

"""Training: it learns from what was written, from nothing that is measured on, and can be repeated."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from training import pieces, unseen
from training.batches import Dealer, Reading, split
from training.clean import Text, detokenised, normalised, written
from training.groups import Pool, grouped, is_for_validation, turned
from training.loss import best_spans, competing, distilled
from training.packed import NO_PASSAGE, OUTSIDE, Packed, Ragged
from training.reader import MARKS, Reader
from training.run import Plan, area, judged, scored, train
from training.schedule import Schedule
from training.sets import Document, Labelled, numbered, places, source_of, tokenised
from training.teach import Lessons, taught

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "data"
CPU = torch.device("cpu")


# What a data set's text is


def test_tokens_become_the_text_that_was_written() -> None:
    tokens = (
        "The actor -- a friend of Smith 's -- did n't say `` no '' ( in 2004 ) : 98 % of role - playing"
        " games cost $ 5 , or 1,000 yen ."
    )
    expected = (
        "The actor – a friend of Smith's – didn't say “no” (in 2004): 98% of role-playing games cost $5, or"
        " 1,000 yen."
    )
    assert detokenised(Text(tokens)).text == expected


def test_an_answer_keeps_its_words_when_the_text_around_it_moves() -> None:
    text = "He said `` wait '' , then paid $ 5 million [12]  to Smith 's firm ."
    answers = ("$ 5 million", "Smith 's firm", "wait")
    spans = tuple((text.index(each), text.index(each) + len(each)) for each in answers)
    found = detokenised(written(Text(text, spans)))
    assert found.text == "He said “wait”, then paid $5 million to Smith's firm."
    assert found.said() == ("$5 million", "Smith's firm", "wait")


def test_every_answer_of_the_tokenised_set_survives() -> None:
    path = SHARED / "training" / "qed_nq.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared data are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][::40]
    for row in rows:
        for answer in row["answers"]:
            at = row["context"].find(answer)
            if at >= 0:
                found = detokenised(Text(row["context"], ((at, at + len(answer)),)))
                letters = [each for each in found.said()[0] if each.isalnum()]
                assert letters == [each for each in answer if each.isalnum()]


def test_the_same_question_is_known_by_its_words() -> None:
    assert normalised("What is Smith 's `` plan '' ?") == normalised("what is Smith's “plan”")


def test_an_answer_stands_only_where_its_words_are_whole() -> None:
    assert places("In 1990 (not in 1990s) Art met ART.", ["1990", "art"]) == ((3, 7), (23, 26), (31, 34))


# Data sets


def test_a_tokenised_passage_gives_every_place_of_its_answer() -> None:
    row = {
        "question": "who wrote it", "title": "A_Book",
        "context": "Ann Lee 's book . Ann Lee wrote it in 1950 .",
        "answers": ["Ann Lee"], "sentence": None, "source": "qed_nq",
    }  # fmt: skip
    [found] = tokenised([row])
    assert found.document == Document("A Book", "A Book", "Ann Lee's book. Ann Lee wrote it in 1950.")
    assert found.answers == ((0, 7), (16, 23))


def test_single_sentences_become_their_document_again() -> None:
    def row(place: str, sentence: str, question: str, answer: str) -> dict[str, object]:
        id_ = f"Wiki1k:wikinews:7:{place}"
        return {
            "id": id_,
            "sentence": sentence,
            "question": question,
            "answers": [answer],
            "source": "qamr_dev",
        }

    rows = [
        row("2:0", "It rained in Rome.", "Where did it rain?", "Rome"),
        row("1:1", "Ann won.", "Who won?", "Ann"),
        row("1:0", "Rome held a race.", "What was held?", "a race"),
    ]
    found = list(numbered(rows))
    assert {each.document.text for each in found} == {"Rome held a race. Ann won.\n\nIt rained in Rome."}
    said = [each.document.text[a:b] for each in found for a, b in each.answers]
    assert said == ["a race", "Ann", "Rome"]
    assert found[2].answers == ((41, 45),), "not the Rome of another sentence"


def test_a_set_without_a_licence_is_refused() -> None:
    assert source_of("qadiscourse_wikinews_dev").name == "qadiscourse_wikinews"
    with pytest.raises(ValueError, match="licence"):
        source_of("scraped")


# What is measured on


def test_thirteen_words_in_a_row_give_a_passage_away() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    shorter = "Zero. " + text.rsplit(" ", 2)[0]
    assert unseen.sharing([f"Zero, {text}!", shorter, ""], [text.title()]).tolist() == [True, False, False]


def test_questions_and_articles_of_every_evaluation_set_are_known() -> None:
    if not SHARED.exists():
        pytest.skip("the shared data are not here")
    found = unseen.load(SHARED, ROOT)
    for path in ("news/queries.jsonl", "news2/queries.jsonl"):
        lines = (SHARED / path).read_text(encoding="utf-8").splitlines()
        assert all(normalised(json.loads(line)["text"]) in found.questions for line in lines[::5])
    assert normalised("Super Bowl 50") in found.titles
    assert len(found.questions) > 11_000


# Groups

TEXT = (
    "The bridge was opened in 1932 after nine years of work on both shores. It is 503 metres long and carries"
    " eight lanes. Paul Hogan once painted it, long before he became known for films of his own making."
)
BRIDGE = Document("Bridge", "Bridge", TEXT)
OTHER = Document("Tunnel", "Tunnel", "The tunnel was opened in 1992. It runs below the harbour.")


def lengths(texts: object) -> list[int]:
    return [len(str(each).split()) for each in texts]  # type: ignore[attr-defined]


def groups_of(each: Labelled, seed: int = 0) -> list[tuple[str, str, int, list[str]]]:
    pool = Pool()
    for document in (BRIDGE, OTHER):
        pool.add(document, lengths)
    found = grouped([each], [[1, 0]], pool, lengths, random.Random(seed))
    return [(g.kind, g.question, g.right, [pool.passages[row].text for row in g.wrong]) for g in found]


def asked(question: str, answer: str) -> Labelled:
    at = TEXT.index(answer)
    return Labelled("squad", question, BRIDGE, answers=((at, at + len(answer)),))


def test_a_group_has_the_passage_that_answers_and_what_retrieval_puts_first() -> None:
    [first, *_] = groups_of(asked("When was it opened?", "1932"))
    assert first == ("short answer", "When was it opened?", 0, [OTHER.text])


def test_a_question_is_asked_again_where_nothing_answers_it() -> None:
    each = asked("When was it first opened?", "1932")
    found = {group[0]: group for seed in range(80) for group in groups_of(each, seed)}
    assert set(found) == {"short answer", "left out", "taken out", "turned"}
    assert found["left out"][2:] == (NO_PASSAGE, [OTHER.text])
    taken = found["taken out"]
    assert taken[2] == NO_PASSAGE and taken[3][0] == TEXT[TEXT.index("It is") :]
    assert found["turned"][1:] == ("When was it last opened?", NO_PASSAGE, [TEXT, OTHER.text])


def test_words_turn_to_their_opposite_and_years_to_others() -> None:
    draw = random.Random(1)
    assert turned("Which is the Largest?", draw) == "Which is the Smallest?"
    assert turned("Who painted it?", draw) is None
    year = turned("Who won in 1932?", draw)
    assert year is not None and year.startswith("Who") and year != "Who won in 1932?"


def test_an_article_is_for_validation_or_for_training_whoever_asks() -> None:
    share = np.mean([is_for_validation(f"article {number}") for number in range(4000)])
    assert 0.02 < share < 0.04


# Arrays


def packed(**changes: object) -> Packed:
    """Three passages, and groups: the first answers at tokens 2 to 3, its sentence does, nothing does."""
    labels: list[list[tuple[int, ...]]] = [[(2, 2, 3, 3)], [(1, 3, 1, 3)], []]
    values: dict[str, object] = {
        "questions": Ragged.of([[11, 12], [13]], "uint16"),
        "passages": Ragged.of([[20, 21, 22, 23, 24, 25], [30, 31, 32], [40, 41]], "uint16"),
        "sentence_of": Ragged.of([[OUTSIDE, 0, 0, 0, 1, 1], [OUTSIDE, 0, 0], [0, 1]], "uint8"),
        "question": np.array([0, 1, 1], dtype=np.int32),
        "right": np.array([0, 0, NO_PASSAGE], dtype=np.int32),
        "wrong": Ragged.of([[1, 2], [2, 1], [2, 1]], "int32"),
        "labels": Ragged.of(labels, "uint16", width=4),
        "is_known": np.array([True, True, True]),
        "near": np.array([1, 2, 0.5], dtype=np.float32),
        "source": np.array([0, 0, 0], dtype=np.uint8),
        "is_validation": np.array([False, False, False]),
        "names": np.array(["squad"]),
    }
    return Packed(**values | changes)  # type: ignore[arg-type]


def test_what_is_packed_is_unpacked(tmp_path: Path) -> None:
    packed().save(tmp_path / "groups.npz")
    found = Packed.load(tmp_path / "groups.npz")
    assert found.passages[1].tolist() == [30, 31, 32]
    assert found.labels[1].tolist() == [[1, 3, 1, 3]] and found.labels[2].shape == (0, 4)
    assert found.near.tolist() == [1, 2, 0.5] and found.names.tolist() == ["squad"]


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="uint8"):
        Ragged.of([[256]], "uint8")


@pytest.mark.parametrize(
    ("model", "first"),
    [
        ("bert", [101, 11, 12, 102, 20, 21, 22, 23, 24, 25, 102]),
        ("mpnet", [0, 15, 16, 2, 2, 24, 25, 26, 27, 28, 29, 2]),
    ],
)
def test_a_batch_reads_as_the_model_does_and_its_labels_lie_where_they_were(
    model: str, first: list[int]
) -> None:
    batch = Reading(packed(), MARKS[model], CPU).batch(np.array([0, 1]), np.array([[0, 1], [0, 2]]))
    rows = batch.inputs["input_ids"].view(2, 2, -1)
    assert rows[0, 0].tolist() == first
    before = len(first) - 7
    assert batch.begins[0].nonzero().tolist() == [[0, before + 2]]
    assert batch.ends[0].nonzero().tolist() == [[0, before + 3]]
    assert batch.begins[1].nonzero().tolist() == [[0, before - 1 + at] for at in (1, 2, 3)]
    assert batch.sentence[0, 0].tolist() == [OUTSIDE] * (before + 1) + [0, 0, 0, 1, 1, OUTSIDE]
    short = batch.inputs["attention_mask"].view(2, 2, -1)[1, 1]
    assert short.sum() == len(first) - 5  # a token less of the question, four less of the passage


def test_a_round_deals_every_group_as_often_as_it_counts() -> None:
    dealer = Dealer(packed(), np.arange(3), near=True, size=1, passages=2, seed=4)
    rounds = [dealer[step][0][0] for step in range(700)]
    counts = np.bincount(rounds, minlength=3) / 200
    assert counts == pytest.approx([1, 2, 0.5], abs=0.12)
    again = Dealer(packed(), np.arange(3), near=True, size=1, passages=2, seed=4)
    assert all((one == other).all() for one, other in zip(dealer[31], again[31], strict=True))
    assert dealer[31][1][0, 0] == (packed().right[dealer[31][0][0]] if dealer[31][0][0] < 2 else 2)


# Losses


def test_what_competes_shares_one_softmax_with_none() -> None:
    scores = torch.tensor([[[1.0, 2.0], [3.0, 9.0]]])
    exists = torch.tensor([[[True, True], [True, False]]])
    right = torch.tensor([[[True, False], [True, False]]])
    every = np.exp([0, 1, 2, 3]).sum()
    assert competing(scores, right, exists).item() == pytest.approx(-np.log(np.exp([1, 3]).sum() / every))
    nothing = torch.zeros_like(right)
    assert competing(scores, nothing, exists).item() == pytest.approx(-np.log(1 / every))


def test_the_best_short_answer_of_a_sentence_is_found_as_by_trying_all() -> None:
    draw = torch.Generator().manual_seed(3)
    scores = torch.randn(1, 1, 60, 4, generator=draw)
    sentence = torch.tensor([[[OUTSIDE] * 5 + [0] * 40 + [1] * 10 + [OUTSIDE] * 5]])
    found = best_spans(scores, sentence)[0, 0]
    for number in (0, 1):
        held = (sentence[0, 0] == number).nonzero()[:, 0].tolist()
        sums = [float(scores[0, 0, a, 0] + scores[0, 0, b, 1]) for a in held for b in held if 0 <= b - a < 30]
        assert found[number].item() == pytest.approx(max(sums))
    assert torch.isinf(found[2:]).all()


def test_the_area_counts_pairs_in_order() -> None:
    assert area(np.array([1.0, 4.0, 3.0, 2.0]), np.array([False, True, True, False])) == 1.0
    assert area(np.array([1.0, 4.0, 3.0, 2.0]), np.array([True, False, True, False])) == 0.25


# Runs


class Clock:
    """A clock that every look moves on by a tenth of a second."""

    now = 0.0

    def __call__(self) -> float:
        self.now += 0.1
        return self.now


def test_a_run_of_so_many_seconds_ends_in_time_and_at_a_rate_of_nothing() -> None:
    clock = Clock()
    schedule, rates = Schedule(seconds=30.0, clock=clock), []
    while not schedule.is_over:
        rates.append(schedule.rate)
        schedule.step()
    assert 29 < schedule.elapsed <= 30.2
    assert max(rates) == pytest.approx(1, abs=0.02) and rates[0] < 0.2 and rates[-1] < 0.03
    assert rates.index(max(rates)) < 0.1 * len(rates)


def test_a_run_that_goes_on_has_the_rest_of_its_time() -> None:
    schedule = Schedule(seconds=30.0, clock=Clock(), spent=24.0)
    assert schedule.progress == pytest.approx(0.8, abs=0.01)
    with pytest.raises(ValueError, match="either"):
        Schedule()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The folder of a model that is trained in no time."""
    folder = tmp_path / "model"
    folder.mkdir()
    config = {
        "model_type": "bert", "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 16, "vocab_size": 200, "max_position_embeddings": 64,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def trained(folder: Path, out: Path, steps: int = 8, **given: object) -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    out.mkdir(exist_ok=True)
    plan = Plan("minilm", "near", None, steps, seed=1, size=2, rate=1.0)
    train(Reader(folder), packed(), plan, out, CPU, heard=lambda _: None, **given)  # type: ignore[arg-type]
    found: dict[str, torch.Tensor] = torch.load(out / "reader.pt", weights_only=True)
    return found


def test_a_run_is_the_same_each_time_and_after_a_kill(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trained(tiny, tmp_path / "whole")
    calls = iter(range(8))
    loss = "training.run.supervised"
    right = __import__("training.run").run.supervised

    def killed(*given: object) -> object:
        if next(calls) == 5:
            raise KeyboardInterrupt
        return right(*given)

    monkeypatch.setattr(loss, killed)
    with pytest.raises(KeyboardInterrupt):
        trained(tiny, tmp_path / "killed", saved=0.0)
    assert not (tmp_path / "killed" / "reader.pt").exists()
    monkeypatch.setattr(loss, right)
    rest = trained(tiny, tmp_path / "killed", resume=True)
    assert all(torch.equal(whole[name], rest[name]) for name in whole)


def test_a_student_who_says_what_its_teacher_says_has_learnt_it(tiny: Path, tmp_path: Path) -> None:
    torch.manual_seed(0)
    teacher = Reader(tiny).eval()
    taught([teacher], packed(), CPU, 60.0, seed=0).save(tmp_path / "lessons")
    lessons = Lessons.load(tmp_path / "lessons")
    assert lessons.groups.tolist() == split(packed(), validation=False).tolist()
    groups = np.array([2, 0])
    batch = Reading(packed(), teacher.marks, CPU).batch(groups, lessons.passages_of(groups))
    with torch.no_grad():
        scores = scored(teacher, batch, CPU)
    same = distilled(scores, lessons.of(groups, batch, CPU), batch)
    other = distilled(-scores, lessons.of(groups, batch, CPU), batch)
    entropy = distilled(scores, scores, batch)
    assert same.item() == pytest.approx(entropy.item(), abs=2e-3) and other > same + 0.01
    weights = trained(tiny, tmp_path / "student", lessons=lessons)
    assert all(torch.isfinite(each).all() for each in weights.values())


def test_figures_are_of_the_validation_split(tiny: Path) -> None:
    found = judged(Reader(tiny), packed(is_validation=np.array([True, True, True])), CPU)
    assert found.questions == 3 and 0 <= found.first <= 1 and 0 <= found.answerable <= 1


# Pieces


def test_pieces_make_the_file_again(tmp_path: Path) -> None:
    (tmp_path / "weights.pt").write_bytes(bytes(range(256)) * 5)
    *parts, listed = pieces.split(tmp_path / "weights.pt", tmp_path / "parts", 500)
    assert [each.stat().st_size for each in parts] == [500, 500, 280]
    pieces.join(listed, tmp_path / "again.pt")
    assert (tmp_path / "again.pt").read_bytes() == (tmp_path / "weights.pt").read_bytes()
    parts[1].write_bytes(parts[0].read_bytes()[::-1])
    with pytest.raises(SystemExit, match="again"):
        pieces.join(listed, tmp_path / "again.pt")
    parts[2].unlink()
    with pytest.raises(SystemExit, match=r"weights.pt.002 is missing"):
        pieces.join(listed, tmp_path / "again.pt")


# Machines that have torch, transformers and numpy only


def test_what_runs_on_a_gpu_imports_nothing_else_of_ours() -> None:
    code = "import sys, training.plan; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert {"rag", "onnx", "onnxruntime", "sentence_transformers"} & set(loaded) == set()

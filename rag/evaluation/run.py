"""Labelled questions to Results: what was found, quoted and refused, question by question."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from rag.chat import Chat
from rag.errors import QuestionsError
from rag.evaluation import measures
from rag.evaluation.judge import Judge, Judged
from rag.evaluation.questions.labelled import LabelledQuestion, quoted, says
from rag.evaluation.results import LISTS, SENTENCES, Case, Results, Seen, figures
from rag.index.opened import Index, holdings
from rag.question.typed import LONGEST_QUESTION

TIMED = 200
"""Questions that are timed at most, spread over all."""

NAMED = 5
"""Labels that do not fit the articles and are spelled out; the others are counted."""


def evaluate(
    chat: Chat,
    questions: Sequence[LabelledQuestion],
    *,
    progress: Callable[[int, int], object] = lambda done, total: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Results:
    """Ask every one of `questions` and measure; `progress` is told questions done and to do.

    The same questions over the same snapshot give the same Results but for `latency`. Raises SettingError
    when a package of the extra "evaluation" is not installed.
    """
    measures.require()
    judge = Judge(chat, questions)
    asked = []
    for done, question in enumerate(questions, 1):
        asked.append(judge.ask(question))
        progress(done, len(questions))
    cases = _measured(asked)
    manifest = chat.index.manifest
    return Results(
        cases,
        figures(cases),
        measures.of_times(_times(chat, questions, clock)),
        manifest.corpus,
        chat.index.folder.name,
        manifest.recipe.model,
        holdings(*chat.size()),
    )


def failure(chat: Chat, question: LabelledQuestion) -> str | None:
    """Return what is wrong with how `chat` takes `question`, in lines for a test's report; None if nothing.

    Right is an answer that shows a right sentence or, where no label tells, finds a right article among the
    first ten; for an unanswerable question, a refusal.
    """
    case = Judge(chat, [question]).ask(question).case
    return None if case.failure is None else explained(case)


def explained(case: Case) -> str:
    """Return in lines of text what went wrong with `case`."""
    if case.failure is None:
        raise ValueError(f"nothing is wrong with {case.question.text!r}")
    asked, wrong = case.question, case.failure
    lines = [asked.text, f"{wrong.problem} (probability of an answer: {case.confidence:.2f})"]
    lines += [f"  expected article  {article}" for article in asked.articles]
    lines += [f"  expected quote    {quote}" for quote in asked.quotes]
    lines += [f"  expected answer   {' | '.join(asked.answers)}"] if asked.answers else []
    lines += [f"  quoted first      {wrong.quote}"] if wrong.quote else []
    for label, seen in (("expected passage", wrong.expected), ("first passage", wrong.found)):
        if seen:
            lines += [f"  {label:<16}  {seen.article}: {places(seen)}; words in common: {common(seen)}"]
    return "\n".join(lines)


def places(seen: Seen) -> str:
    """Return the places of a passage in words: "fused 2, dense beyond the depth, BM25 1"."""
    return ", ".join(
        f"{'BM25' if name == 'bm25' else name} {rank or 'beyond the depth'}"
        for name, rank in seen.ranks.items()
    )


def common(seen: Seen) -> str:
    """Return the words that a passage has in common with the question, on one line."""
    return ", ".join(seen.words) or "none"


def refuse_misfits(index: Index, questions: Sequence[LabelledQuestion]) -> None:
    """Raise QuestionsError when labels name articles or quotes that `index` does not have."""
    texts = {article.id: article.text for article in index.articles()}
    wrong = [f"question {each.id}: {misfit}" for each in questions for misfit in _misfits(each, texts)]
    if wrong:
        more = f"\n  and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
        raise QuestionsError(
            "the questions don't fit the articles in the index; correct them, or build the index anew\n  "
            + "\n  ".join(wrong[:NAMED])
            + more
        )


def _misfits(question: LabelledQuestion, texts: Mapping[str, str]) -> Iterable[str]:
    """Yield what the articles, as id to text, don't have of what `question` expects."""
    for article in question.articles:
        if article not in texts:
            near = difflib.get_close_matches(article, texts, n=1)
            yield f"no article {article}" + (f"; did you mean {near[0]}?" if near else "")
    among = [texts[each] for each in question.articles if each in texts] or list(texts.values())
    for quote in question.quotes:
        if not any(quoted(quote, text) for text in among):
            yield f"its articles don't hold {quote!r}; copy it word for word"
    said = any(says(text, answer) for answer in question.answers for text in among)
    if question.answers and not question.quotes and not said:
        yield f"its articles never say {' or '.join(question.answers)}; write it as they do"


def _measured(asked: Sequence[Judged]) -> tuple[Case, ...]:
    """Return the cases with the values of their rankings, sentences and refusals."""
    values: list[dict[str, float]] = [{} for _ in asked]
    for name in LISTS:
        for prefix, right, found in (
            ("", [each.right_articles for each in asked], [each.articles[name] for each in asked]),
            ("passages.", [each.right_passages for each in asked], [each.passages[name] for each in asked]),
        ):
            judged = {str(at): grades for at, grades in enumerate(right) if grades}
            for at, measured in measures.of_rankings(judged, {at: found[int(at)] for at in judged}).items():
                values[int(at)] |= {f"{prefix}{name}.{kind}": value for kind, value in measured.items()}
    return tuple(
        replace(each.case, values=ranked | _sentences(each.case) | _refusal(each.case))
        for each, ranked in zip(asked, values, strict=True)
    )


def _sentences(case: Case) -> dict[str, float]:
    return {
        f"{name}.sentence@{k}": float(rank is not None and rank <= k)
        for name, rank in case.sentence_ranks.items()
        for k in (1, SENTENCES)
    }


def _refusal(case: Case) -> dict[str, float]:
    refused, unanswerable = float(not case.answered), case.question.unanswerable
    found = {"refusal.recall" if unanswerable else "refusal.answerable_refused": refused}
    found["refusal.likely"] = float(case.likely)
    return found | ({"refusal.precision": float(unanswerable)} if refused else {})


def _times(chat: Chat, questions: Sequence[LabelledQuestion], clock: Callable[[], float]) -> list[float]:
    """Return the milliseconds that questions take, one by one, as a person would wait for them."""
    askable = [question.text for question in questions if len(question.text) <= LONGEST_QUESTION]
    texts = askable[:: -(-len(askable) // TIMED)] if askable else []
    for text in texts[:1]:
        chat.ask(text)
    times = []
    for text in texts:
        started = clock()
        chat.ask(text)
        times.append(1000 * (clock() - started))
    return times

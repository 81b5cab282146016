"""The ranker as it is trained: packaged MiniLM weights and one linear layer, three numbers a token."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from transformers import AutoTokenizer, BertModel

from rag.index.embedding import PACKAGED_MODEL, locate

LONGEST = 320
"""Tokens of question and passage together; the shipped passages fit, questions of a paragraph are cut."""

OUTPUTS = ("start", "end", "relevance")


class Ranker(nn.Module):
    """Reads question and passage together; gives each token the scores of OUTPUTS."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            locate(PACKAGED_MODEL), add_pooling_layer=False, attention_probs_dropout_prob=0.0
        )
        # Half of the weights are word vectors; few questions would move few of them, and no others.
        self.encoder.embeddings.requires_grad_(False)
        self.head = nn.Linear(self.encoder.config.hidden_size, len(OUTPUTS))

    def forward(self, input_ids, attention_mask, token_type_ids):
        """Return scores of shape (passages, tokens, 3)."""
        found = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        )
        return self.head(found.last_hidden_state)


def averaged(paths: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the weights that runs left at `paths` (Wortsman et al., 2022)."""
    runs = [torch.load(path, weights_only=True) for path in paths]
    return {name: torch.stack([run[name] for run in runs]).mean(0) for name in runs[0]}


def tokenizer():
    """Return the packaged model's tokenizer."""
    return AutoTokenizer.from_pretrained(locate(PACKAGED_MODEL))


def encode(tokens, question: str, texts: list[str]) -> dict[str, torch.Tensor]:
    """Return the input of a question with each of `texts`, and `offsets` with -1 outside the texts."""
    found = tokens(
        [question] * len(texts),
        texts,
        truncation="only_second",
        max_length=LONGEST,
        padding=True,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    offsets = found.pop("offset_mapping")
    for row in range(len(texts)):
        outside = torch.tensor([part != 1 for part in found.sequence_ids(row)])
        offsets[row][outside] = -1
    return {**found, "offsets": offsets}

"""An encoder and one linear layer: what reads a question and a passage, as it is trained."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

OUTPUTS = ("start", "end", "relevance", "answers")
"""Of a token: whether a short answer begins and ends there, whether it is of a sentence that answers; of the
first token: whether the passage answers."""

MIDDLE = 4
"""Layers up to the states by which a reader tells what has to be quoted with a sentence."""

Weights = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Marks:
    """Tokens that a model wants around a question and a passage, in the numbers of its own vocabulary."""

    first: int
    between: tuple[int, ...]
    last: int
    padding: int
    shift: int
    """Added to the packed tokens' numbers, which are the packaged MiniLM's."""


MARKS = {"bert": Marks(101, (102,), 102, 0, 0), "mpnet": Marks(0, (2, 2), 2, 1, 4)}
"""By the model type of a config.json. MPNet's vocabulary is BERT's, moved by four."""


class Reader(nn.Module):
    """Reads question and passage together; gives each token the scores of OUTPUTS."""

    def __init__(self, folder: Path) -> None:
        """Build the model of the config.json in `folder`; its weights are random until `load` is called."""
        super().__init__()
        config = AutoConfig.from_pretrained(folder)
        config.attention_probs_dropout_prob = 0.0
        self.marks = MARKS[config.model_type]
        self.has_kinds = config.model_type == "bert"
        self.encoder = AutoModel.from_config(config, add_pooling_layer=False)  # type: ignore[no-untyped-call]
        # Half of a small model's weights are word vectors; few questions would move few of them.
        self.encoder.embeddings.requires_grad_(False)
        self.head = nn.Linear(config.hidden_size, len(OUTPUTS))
        self.limit = nn.Linear(3 * config.hidden_size + 1, 1)

    def load(self, weights: Weights) -> Reader:
        """Take over `weights`: an encoder's alone, or a reader's, whose head may have fewer outputs."""
        own = self.state_dict()
        for name, values in weights.items():
            if name.startswith(("head.", "limit.")):
                own[name][: len(values)] = values.float()
            else:
                place = name if name in own else f"encoder.{name}"
                if place in own:
                    own[place].copy_(values.float())
                elif "pooler" not in name and "position_ids" not in name:
                    raise ValueError(f"{name} of the weights is no part of the model")
        return self

    def limits(self, inputs: dict[str, Tensor], shares: Tensor, skipped: Tensor) -> Tensor:
        """Return the log-odds of each row that its second sentence has to be quoted with its first.

        `shares` has each token's share in either, of shape (rows, 2, tokens); `skipped` are the sentences
        between the two. What is weighed are both sentences' mean states in the MIDDLE, and their product.
        """
        _, states = self.with_states(**inputs)
        quoted, following = (shares.to(states.dtype) @ states).unbind(1)
        seen = [quoted, following, quoted * following, skipped[:, None].to(states.dtype)]
        odds: Tensor = self.limit(torch.cat(seen, 1))
        return odds[:, 0]

    def with_states(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the scores, and the states in the MIDDLE, of shape (passages, tokens, dimension)."""
        states: list[Tensor] = []
        middle = self.encoder.encoder.layer[MIDDLE - 1]
        with middle.register_forward_hook(lambda _, __, found: states.append(found)):
            scores: Tensor = self(input_ids, attention_mask, token_type_ids)
        return scores, states[0]

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Return scores of shape (passages, tokens, 4)."""
        kinds = {"token_type_ids": token_type_ids} if self.has_kinds else {}
        found = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **kinds)
        scores: Tensor = self.head(found.last_hidden_state)
        return scores


def halved(weights: Weights) -> Weights:
    """Return `weights` in half precision."""
    return {name: values.half() if values.is_floating_point() else values for name, values in weights.items()}


def averaged(paths: list[Path]) -> Weights:
    """Return the mean of the weights that runs left at `paths` (Wortsman et al., 2022)."""
    runs = [torch.load(path, weights_only=True, map_location="cpu") for path in paths]
    return {name: torch.stack([run[name].float() for run in runs]).mean(0) for name in runs[0]}

"""Signs of how a company works with models: evaluation suites, fine-tuned ids, training configurations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vcdd.core.lexicon import PathWords
from vcdd.core.reference import Observation, ObservationKind
from vcdd.core.site import FrameKind, ReadFile, Site
from vcdd.detect.observe.fact import Fact, of_file

_FOLDERS = frozenset(("evals", "eval", "evaluation", "evaluations", "llm_evals", "prompt_tests"))
_FILES = ("promptfooconfig.", "evalset.", "deepeval.")
_TRAINING = frozenset(
    (
        "base_model", "model_name_or_path", "adapter", "lora_r", "lora_alpha", "lora_dropout", "lora_rank", "lora_target",
        "lora_target_modules", "lora_target_linear", "finetuning_type", "micro_batch_size", "gradient_accumulation_steps",
        "num_train_epochs", "per_device_train_batch_size", "learning_rate", "val_set_size", "sequence_len", "cutoff_len",
    )
)  # fmt: skip
"""Keys of axolotl, LLaMA-Factory, TRL and torchtune configurations, by their documentation."""
_ENOUGH = 4
"""Training keys in one file that make it a training configuration: a model and three numbers of a run."""
_CONFIGS = frozenset(("yaml", "json", "toml"))


def habit_facts(site: Site) -> Iterator[Fact]:
    """A fine-tuned model of a vendor by its id (`ft:gpt-…`)."""
    if site.text.startswith(("ft:", "ft-")) and site.text.count(":") >= 2 and " " not in site.text:
        yield Fact(kind=ObservationKind.FINE_TUNING, subject="fine-tuned model of a vendor", detail=site.text[:80])


def habit_observations(files: Sequence[ReadFile], words: PathWords) -> Iterator[Observation]:
    """Training configurations, and one evaluation suite per folder or configuration of one."""
    seen: set[str] = set()
    for file in sorted(files, key=lambda f: f.path):
        keys = {s.text for s in file.sites if s.frames and s.frames[0].kind is FrameKind.KEY_ITSELF}
        if file.reader in _CONFIGS and len(_TRAINING & keys) >= _ENOUGH:
            yield of_file(Fact(kind=ObservationKind.FINE_TUNING, subject="training configuration"), file.path, words)
        suite = _suite(file.path)
        if suite and suite not in seen:
            seen.add(suite)
            yield of_file(Fact(kind=ObservationKind.EVALUATION, subject=suite), file.path, words)


def _suite(path: str) -> str:
    """The folder that holds an evaluation suite, or the file that configures one; empty for any other path."""
    parts = path.split("/")
    for depth, part in enumerate(parts[:-1], start=1):
        if part.lower() in _FOLDERS:
            return "/".join(parts[:depth])
    return path if parts[-1].lower().startswith(_FILES) else ""

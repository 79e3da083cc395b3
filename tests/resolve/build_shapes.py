"""Build `vcdd/resolve/data/shapes.tsv` from a table of model shapes: `python -m tests.resolve.build_shapes TABLE.csv`.

The table has one row per checkpoint with the columns `architecture, model_type, lab, base_lab, checkpoint, vocab_size,
hidden_size, intermediate_size, num_hidden_layers, num_attention_heads, num_key_value_heads, source_kind, source`. What
is written is public configuration values with the lab that trained the base. Three things are done on the way: rows
that cannot witness for a base are dropped (test models, draft heads, BERT-shaped encoders, which many build afresh with
a vocabulary of the same size), labels known to be wrong are put right, and well-known base checkpoints that the scraped
table lacks are added.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

OUT = Path(__file__).parents[2] / "vcdd" / "resolve" / "data" / "shapes.tsv"

LABS = {
    "Alibaba (Qwen)": "alibaba", "Meta": "meta", "Google": "google", "Mistral AI": "mistral", "DeepSeek": "deepseek",
    "Liquid AI": "liquid", "Zhipu AI (Z.ai)": "zhipu", "Ai2": "ai2", "EleutherAI": "eleutherai", "Hugging Face": "hf",
    "Shanghai AI Lab": "shailab", "IBM": "ibm", "NVIDIA": "nvidia", "Microsoft": "microsoft", "01.AI": "01ai",
    "OpenAI": "openai", "MiniMax": "minimax", "OpenBMB / ModelBest": "openbmb", "Stability AI": "stability",
    "TII": "tii", "Moonshot AI": "moonshot", "Cohere": "cohere", "LG AI Research": "lg", "Tencent": "tencent",
    "Baidu": "baidu", "Ant Group (inclusionAI)": "antgroup", "BigCode": "bigcode", "Xiaohongshu (rednote)": "rednote",
    "StepFun": "stepfun", "Baichuan": "baichuan", "Xiaomi": "xiaomi", "Swiss AI": "swissai", "ByteDance": "bytedance",
}  # fmt: skip

DROPPED_TYPES = {"bert", "falcon_mamba"}
# Draft heads, test models and toys: they carry a base's name or numbers without being built on its weights.
DROPPED_NAMES = re.compile(
    r"eagle|dflash|random|unit-test|tiny-|tinyllama-v0|stories15m|llama2-embedding-1b|llama-(68|160)m|boomerang",
    re.IGNORECASE,
)
# The table labels plain architectures by vocabulary or class. These were trained afresh, or on another base.
BASE_OF = {
    "TinyLlama/": "tinyllama", "tinyllama_1b": "tinyllama", "lightblue/karasu-1.1B": "tinyllama",
    "LnL-AI/TinyLlama": "tinyllama", "LSX-UniWue/": "", "mtgv/": "", "haykgrigorian/": "", "kyutai/helium": "kyutai",
    "humain-ai/ALLaM": "", "ibm-granite/granite-3b-code": "ibm", "ibm-granite/granite-8b-code": "ibm",
    "jeonsworld/CarbonVillain": "upstage", "invalid-coder/Sakura-SOLAR": "upstage", "MoaData/Myrrh_solar": "upstage",
    "vicgalle/CarbonBeagle-11B": "", "maxcurrent/Peagle": "", "togethercomputer/RedPajama": "together",
    "redpajama_3b_v1": "together", "cyberagent/open-calm": "cyberagent", "abeja/": "", "rinna/": "",
    "BabyLM-community/": "", "Salesforce/codet5p": "salesforce", "UnfilteredAI/": "",
    "moonshotai/": "moonshot", "nvidia/Kimi-K2": "moonshot", "ByteDance-Seed/academic-ds-9B": "bytedance",
    "openbmb/MiniCPM-Llama3-V-2_5": "meta", "openbmb/MiniCPM-V-4_5": "alibaba", "lightonai/LightOnOCR-2-1B": "",
    # The paper of Step3-VL-10B (January 2026) names Qwen3-8B as its decoder.
    "stepfun-ai/Step3-VL-10B": "alibaba", "farbodtavakkoli/": "", "skt/A.X-4.0-Light": "", "HuggingFaceTB/cosmo2": "hf",
}  # fmt: skip

# Base checkpoints by their own published config.json: id, lab, type, vocab, hidden, layers, heads, kv heads, ffn.
ANCHORS = (
    ("meta-llama/Llama-3.2-1B", "meta", "llama", 128256, 2048, 16, 32, 8, 8192),
    ("meta-llama/Llama-3.1-405B", "meta", "llama", 128256, 16384, 126, 128, 8, 53248),
    ("meta-llama/Llama-4-Scout-17B-16E-Instruct", "meta", "llama4", 202048, 5120, 48, 40, 8, 8192),
    ("huggyllama/llama-13b", "meta", "llama", 32000, 5120, 40, 40, 40, 13824),
    ("huggyllama/llama-30b", "meta", "llama", 32000, 6656, 60, 52, 52, 17920),
    ("huggyllama/llama-65b", "meta", "llama", 32000, 8192, 80, 64, 64, 22016),
    ("meta-llama/Llama-2-70b-hf", "meta", "llama", 32000, 8192, 80, 64, 8, 28672),
    ("mistralai/Mixtral-8x22B-v0.1", "mistral", "mixtral", 32000, 6144, 56, 48, 8, 16384),
    ("mistralai/Mistral-Small-3.1-24B-Instruct-2503", "mistral", "mistral3", 131072, 5120, 40, 32, 8, 32768),
    ("mistralai/Mistral-Large-Instruct-2407", "mistral", "mistral", 32768, 12288, 88, 96, 8, 28672),
    ("google/gemma-3-4b-it", "google", "gemma3", 262208, 2560, 34, 8, 4, 10240),
    ("google/gemma-3-12b-it", "google", "gemma3", 262208, 3840, 48, 16, 8, 15360),
    ("google/gemma-3-27b-it", "google", "gemma3", 262208, 5376, 62, 32, 16, 21504),
    ("zai-org/GLM-4.7-Flash", "zhipu", "glm4_moe_lite", 154880, 2048, 47, 20, 20, 10240),
    ("zai-org/chatglm3-6b", "zhipu", "chatglm", 65024, 4096, 28, 32, 2, 13696),
    ("zai-org/glm-4-9b-chat", "zhipu", "chatglm", 151552, 4096, 40, 32, 2, 13696),
    ("facebook/opt-125m", "meta", "opt", 50272, 768, 12, 12, 12, 3072),
    ("Qwen/Qwen2.5-0.5B", "alibaba", "qwen2", 151936, 896, 24, 14, 2, 4864),
    ("Qwen/Qwen2.5-1.5B", "alibaba", "qwen2", 151936, 1536, 28, 12, 2, 8960),
    ("Qwen/Qwen2.5-3B", "alibaba", "qwen2", 151936, 2048, 36, 16, 2, 11008),
    ("Qwen/Qwen2.5-7B", "alibaba", "qwen2", 152064, 3584, 28, 28, 4, 18944),
    ("Qwen/Qwen2.5-14B", "alibaba", "qwen2", 152064, 5120, 48, 40, 8, 13824),
    ("Qwen/Qwen2.5-32B", "alibaba", "qwen2", 152064, 5120, 64, 40, 8, 27648),
    ("Qwen/Qwen2.5-72B", "alibaba", "qwen2", 152064, 8192, 80, 64, 8, 29568),
    ("Qwen/Qwen3-0.6B", "alibaba", "qwen3", 151936, 1024, 28, 16, 8, 3072),
    ("Qwen/Qwen3-1.7B", "alibaba", "qwen3", 151936, 2048, 28, 16, 8, 6144),
    ("Qwen/Qwen3-4B", "alibaba", "qwen3", 151936, 2560, 36, 32, 8, 9728),
    ("Qwen/Qwen3-8B", "alibaba", "qwen3", 151936, 4096, 36, 32, 8, 12288),
    ("Qwen/Qwen3-14B", "alibaba", "qwen3", 151936, 5120, 40, 40, 8, 17408),
    ("Qwen/Qwen3-32B", "alibaba", "qwen3", 151936, 5120, 64, 64, 8, 25600),
    ("Qwen/Qwen3-30B-A3B", "alibaba", "qwen3_moe", 151936, 2048, 48, 32, 4, 6144),
    ("Qwen/Qwen3-235B-A22B", "alibaba", "qwen3_moe", 151936, 4096, 94, 64, 4, 12288),
    ("mistralai/Mistral-7B-v0.1", "mistral", "mistral", 32000, 4096, 32, 32, 8, 14336),
    ("mistralai/Mixtral-8x7B-v0.1", "mistral", "mixtral", 32000, 4096, 32, 32, 8, 14336),
    ("mistralai/Mistral-Small-24B-Base-2501", "mistral", "mistral", 131072, 5120, 40, 32, 8, 32768),
    ("meta-llama/Llama-3.1-8B", "meta", "llama", 128256, 4096, 32, 32, 8, 14336),
    ("meta-llama/Llama-3.1-70B", "meta", "llama", 128256, 8192, 80, 64, 8, 28672),
    ("meta-llama/Llama-3.2-3B", "meta", "llama", 128256, 3072, 28, 24, 8, 8192),
    ("meta-llama/Llama-2-7b-hf", "meta", "llama", 32000, 4096, 32, 32, 32, 11008),
    ("meta-llama/Llama-2-13b-hf", "meta", "llama", 32000, 5120, 40, 40, 40, 13824),
    ("deepseek-ai/DeepSeek-V3", "deepseek", "deepseek_v3", 129280, 7168, 61, 128, 128, 18432),
    ("meta-llama/Llama-3.2-11B-Vision-Instruct", "meta", "mllama", 128256, 4096, 40, 32, 8, 14336),
    ("microsoft/Phi-4-mini-instruct", "microsoft", "phi3", 200064, 3072, 32, 24, 8, 8192),
    ("deepseek-ai/deepseek-coder-1.3b-base", "deepseek", "llama", 32256, 2048, 24, 16, 16, 5504),
    ("deepseek-ai/deepseek-coder-6.7b-base", "deepseek", "llama", 32256, 4096, 32, 32, 32, 11008),
    ("deepseek-ai/deepseek-coder-33b-base", "deepseek", "llama", 32256, 7168, 62, 56, 8, 19200),
    ("tiiuae/Falcon3-1B-Base", "tii", "llama", 131072, 2048, 18, 8, 4, 8192),
    ("tiiuae/Falcon3-3B-Base", "tii", "llama", 131072, 3072, 22, 12, 4, 9216),
    ("tiiuae/Falcon3-7B-Base", "tii", "llama", 131072, 3072, 28, 12, 4, 23040),
    ("tiiuae/Falcon3-10B-Base", "tii", "llama", 131072, 3072, 40, 12, 4, 23040),
    ("google/paligemma-3b-pt-224", "google", "paligemma", 257216, 2048, 18, 8, 1, 16384),
    ("EleutherAI/pythia-12b", "eleutherai", "gpt_neox", 50688, 5120, 36, 40, 40, 20480),
    ("EleutherAI/gpt-neox-20b", "eleutherai", "gpt_neox", 50432, 6144, 44, 64, 64, 24576),
    ("codellama/CodeLlama-7b-hf", "meta", "llama", 32016, 4096, 32, 32, 32, 11008),
    ("codellama/CodeLlama-13b-hf", "meta", "llama", 32016, 5120, 40, 40, 40, 13824),
    ("codellama/CodeLlama-34b-hf", "meta", "llama", 32000, 8192, 48, 64, 8, 22016),
    ("codellama/CodeLlama-70b-hf", "meta", "llama", 32016, 8192, 80, 64, 8, 28672),
    ("openai/gpt-oss-20b", "openai", "gpt_oss", 201088, 2880, 24, 64, 8, 2880),
    ("openai/gpt-oss-120b", "openai", "gpt_oss", 201088, 2880, 36, 64, 8, 2880),
)
COLUMNS = ("checkpoint", "lab", "by", "type", "vocab", "hidden", "layers", "heads", "kv", "ffn")
_NUMBERS = (
    "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "intermediate_size",
)  # fmt: skip


def main(table: str) -> None:
    """Write the data file and print what became of the rows."""
    with Path(table).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    fate: Counter[str] = Counter()
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}
    for anchor in ANCHORS:
        cells = tuple(str(cell) for cell in (*anchor[:2], "base", *anchor[2:]))
        kept[cells[:1] + cells[4:9]] = cells
    for row in rows:
        cells, why = _cells(row)
        fate[why] += 1
        if cells:
            kept.setdefault(cells[:1] + cells[4:9], cells)
    lines = ["# model shapes; built by tests/resolve/build_shapes.py; columns: " + " ".join(COLUMNS)]
    lines += sorted("\t".join(cells) for cells in kept.values())
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(kept)} rows, {OUT.stat().st_size} bytes; {dict(fate)}")


def _cells(row: dict[str, str]) -> tuple[tuple[str, ...], str]:
    """The cells of one row and why it was kept or dropped. `by` says who published: the `lab` itself, or an `other`."""
    name = row["checkpoint"]
    if row["source_kind"] == "transformers-default":
        return (), "class default, not a checkpoint"
    if row["model_type"] in DROPPED_TYPES or DROPPED_NAMES.search(name):
        return (), "cannot witness"
    lab = next((lab for start, lab in BASE_OF.items() if name.startswith(start)), LABS.get(row["base_lab"], ""))
    numbers = [_number(row[column]) for column in _NUMBERS]
    if not lab or not all(numbers[:3]):
        return (), "no base lab or no numbers"
    if not numbers[4]:
        numbers[4] = numbers[3]
    published = "lab" if LABS.get(row["lab"]) == lab or lab == row["lab"].lower() else "other"
    return (name, lab, published, row["model_type"], *numbers), "kept"


def _number(cell: str) -> str:
    return str(int(float(cell)) or "") if cell else ""


if __name__ == "__main__":
    main(sys.argv[1])

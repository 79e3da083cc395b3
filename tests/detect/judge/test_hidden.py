"""Packages that fetch weights by themselves."""

import datetime

import pytest

from tests.detect.judge.fakes import LEXICON, LOADERS
from vcdd.core.evidence import Evidence
from vcdd.core.reference import ReferenceKind
from vcdd.core.source_file import SourceFile
from vcdd.detect.engine import read_source
from vcdd.detect.judge.hidden import hidden_references
from vcdd.detect.judge.shapes import is_org_name


def hidden(**files):
    """`id evidence through` for a target; `app_py` names the file `app.py`, `__` a folder."""
    named = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    read = [read_source(SourceFile(path=path, text=text)) for path, text in named.items()]
    return hidden_references([file for file in read if file is not None], LEXICON, LOADERS)


def told(references):
    return [f"{r.written} {r.evidence.value} {r.through}" for r in references]


@pytest.mark.parametrize(
    ("code", "weights"),
    [
        ("from keybert import KeyBERT\nk = KeyBERT()\n", "sentence-transformers/all-MiniLM-L6-v2"),
        ("import rembg\nout = rembg.remove(data)\n", "u2net"),
        ("from rembg import remove as cut\nout = cut(data)\n", "u2net"),
        ("from fastembed import TextEmbedding\nTextEmbedding(cache_dir=d)\n", "BAAI/bge-small-en-v1.5"),
        ("from kokoro import KPipeline\np = KPipeline(lang_code='a')\n", "hexgrad/Kokoro-82M"),
        ("from insightface.app import FaceAnalysis\nFaceAnalysis(providers=p)\n", "buffalo_l"),
        ("import easyocr\nr = easyocr.Reader(['en'])\n", "craft_mlt_25k.pth"),
        ("from langchain_openai import OpenAIEmbeddings\ne = OpenAIEmbeddings()\n", "text-embedding-ada-002"),
        ("from langchain_openai import ChatOpenAI\nllm = ChatOpenAI(temperature=0)\n", "gpt-3.5-turbo"),
        ("from llama_index.llms.openai import OpenAI\nllm = OpenAI()\n", "gpt-3.5-turbo"),
        ("from crewai import Agent\na = Agent(role='r', goal='g')\n", "gpt-4.1-mini"),
        ("from bert_score import score\nscore(a, b, lang='en')\n", "FacebookAI/roberta-large"),
        ("from styletts2 import tts\nt = tts.StyleTTS2()\n", "yl4579/StyleTTS2-LibriTTS"),
        ("from df.enhance import init_df\nmodel, state, _ = init_df()\n", "DeepFilterNet3"),
        ("from transformers import pipeline\npipeline('summarization')\n", "sshleifer/distilbart-cnn-12-6"),
        (
            "from transformers import pipeline\npipeline(task='ner')\n",
            "dbmdz/bert-large-cased-finetuned-conll03-english",
        ),
        (
            "import chromadb\nc = chromadb.Client()\nc.create_collection('x')\n",
            "sentence-transformers/all-MiniLM-L6-v2",
        ),
    ],
)
def test_a_call_that_fetches_by_itself_is_bound(code, weights):
    assert [(r.written, r.evidence) for r in hidden(app_py=code)] == [(weights, Evidence.BOUND)]


@pytest.mark.parametrize(
    "code",
    [
        "from keybert import KeyBERT\nk = KeyBERT(model='acme/embed-1')\n",
        "from keybert import KeyBERT\nk = KeyBERT(embedder)\n",
        "from rembg import remove\nremove(data, session=s)\n",
        "from rembg import remove\ndef cut(*args, **kwargs):\n    return remove(*args, **kwargs)\n",
        "from keybert import KeyBERT\nk = KeyBERT(\n    embedder,\n)\n",
        "from os import remove\nremove(path)\n",
        "from langchain_openai import OpenAIEmbeddings\nOpenAIEmbeddings(model=m)\n",
        "from langchain_openai import OpenAIEmbeddings\nOpenAIEmbeddings(**settings)\n",
        "from langchain_openai import AzureChatOpenAI\nAzureChatOpenAI(azure_deployment=d)\n",
        "from openai import OpenAI\nclient = OpenAI()\n",
        "from crewai import Agent\nAgent(config=agents['researcher'])\n",
        "from crewai import Agent\nAgent(role='r', llm=llm)\n",
        "from bert_score import score\nscore(a, b, lang='de')\n",
        "from styletts2 import tts\ntts.StyleTTS2(model_checkpoint_path=p)\n",
        "from transformers import pipeline\npipeline('summarization', model='acme/sum-1')\n",
        "from transformers import pipeline\npipeline('summarization', m)\n",
        "from sklearn import pipeline\npipeline('ner')\n",
        "import pymongo\nc.create_collection('x')\n",
        "import chromadb\nc.create_collection('x', embedding_function=f)\n",
        "# KeyBERT()\nfrom keybert import KeyBERT\n",
        "class Reader: ...\nReader()\n",
    ],
)
def test_a_call_that_chooses_or_means_something_else_is_not(code):
    assert hidden(app_py=code) == []


def test_a_manifest_alone_is_a_dependency_and_a_call_replaces_it():
    manifest = "docling==2.1\nrequests\n"
    assert told(hidden(requirements_txt=manifest)) == [
        "docling-project/docling-layout-heron dependency docling",
        "docling-project/docling-models dependency docling",
    ]
    code = "from docling.document_converter import DocumentConverter\nDocumentConverter().convert(p)\n"
    assert told(hidden(requirements_txt=manifest, app_py=code)) == [
        "docling-project/docling-layout-heron bound docling",
        "docling-project/docling-models bound docling",
    ]


def test_a_package_whose_weights_depend_on_the_call_says_nothing_alone():
    assert hidden(requirements_txt="transformers\nlangchain-huggingface\nultralytics\nsentence-transformers\n") == []


def test_a_call_in_tests_leaves_the_dependency_standing():
    code = "import easyocr\neasyocr.Reader(['en'])\n"
    assert told(hidden(requirements_txt="easyocr", tests__test_ocr_py=code)) == [
        "craft_mlt_25k.pth dependency easyocr",
        "craft_mlt_25k.pth test easyocr",
    ]


def test_a_spacy_pipeline_in_the_requirements_is_its_weights():
    address = "https://github.com/explosion/spacy-models/releases/download/x/en_core_web_sm-3.7.0-py3-none-any.whl"
    assert told(hidden(requirements_txt=f"en-core-web-sm @ {address}\n")) == [
        "spacy/en_core_web_sm dependency en-core-web-sm"
    ]


def test_the_manifest_goes_before_the_lock():
    lock = '[[package]]\nname = "easyocr"\nversion = "1.7"\n'
    found = hidden(poetry_lock=lock, requirements_txt="easyocr\n")
    assert [(r.location.path, r.location.line) for r in found] == [("requirements.txt", 1)]


def test_the_kind_follows_the_shape_of_the_id():
    found = hidden(requirements_txt="easyocr\nkokoro\n")
    assert [r.kind for r in found] == [ReferenceKind.WEIGHT_FILE, ReferenceKind.HUB_REPO]


def test_a_default_of_an_api_is_asked_of_its_provider():
    code = "from langchain_openai import OpenAIEmbeddings\ne = OpenAIEmbeddings()\n"
    found = hidden(requirements_txt="langchain-openai\n", app_py=code)
    assert [(r.written, r.kind, r.hints.provider, r.hints.library) for r in found] == [
        ("text-embedding-ada-002", ReferenceKind.API_MODEL, "openai", "")
    ]


def test_what_a_benchmark_fetches_is_no_use():
    code = "import easyocr\neasyocr.Reader(['en'])\n"
    assert told(hidden(benchmarks__run_py=code)) == ["craft_mlt_25k.pth selectable easyocr"]


def test_the_targets_own_package_is_not_hidden_in_it():
    files = {"pyproject_toml": '[project]\nname = "easyocr"\n', "app_py": "import easyocr\neasyocr.Reader(['en'])\n"}
    assert hidden(**files) == []


def test_an_npm_package_of_the_same_name_is_another_package():
    assert hidden(package_json='{"dependencies": {"docling": "1.0"}}') == []


@pytest.mark.parametrize("row", LEXICON.hidden, ids=lambda row: f"{row.package} {row.weights[0]}")
def test_every_row_has_weights_source_and_date(row):
    assert row.weights
    assert row.source
    assert datetime.date.fromisoformat(row.checked) <= datetime.date(2027, 1, 1)
    assert row.callees or not row.when_called
    assert all(is_org_name(weights) or "/" not in weights for weights in row.weights if "{" not in weights)


def test_what_the_table_says_beside_the_ids_comes_along():
    found = hidden(app_py="import rembg\nout = rembg.remove(data)\n")
    assert "2.0.80 and later take RMBG-2.0" in found[0].reason.note

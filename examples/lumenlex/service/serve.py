from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

MODEL_DIR = "weights/lumen-7b"
ADAPTER_DIR = "weights/lumen-clauses-adapter"


def load():
    tokenizer = AutoTokenizer.from_pretrained(MODEL_DIR, trust_remote_code=True)
    model = AutoModelForCausalLM.from_pretrained(MODEL_DIR, trust_remote_code=True, device_map="auto")
    return tokenizer, PeftModel.from_pretrained(model, ADAPTER_DIR)

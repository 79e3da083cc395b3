from datasets import load_dataset
from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

BASE_MODEL = "meta-llama/Llama-3.1-8B-Instruct"

trainer = SFTTrainer(
    model=BASE_MODEL,
    args=SFTConfig(output_dir="weights/lumen-clauses-adapter"),
    train_dataset=load_dataset("json", data_files="clauses.jsonl")["train"],
    peft_config=LoraConfig(r=16, lora_alpha=32, target_modules=["q_proj", "v_proj"]),
)

if __name__ == "__main__":
    trainer.train()

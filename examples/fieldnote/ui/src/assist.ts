import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";

const local = createOpenAICompatible({ name: "vllm", baseURL: "http://vllm.fieldnote.svc:8000/v1" });

export async function shorten(text: string): Promise<string> {
  const { text: shorter } = await generateText({ model: local("Qwen/Qwen3-32B"), prompt: `Shorten: ${text}` });
  return shorter;
}

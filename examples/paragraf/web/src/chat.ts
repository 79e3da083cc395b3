import { createAnthropic } from "@ai-sdk/anthropic";
import { streamText } from "ai";

const llm = createAnthropic({ baseURL: "https://api.deepseek.com/anthropic", apiKey: process.env.LLM_API_KEY });

export function chat(prompt: string) {
  return streamText({ model: llm("claude-sonnet-4-5"), prompt });
}

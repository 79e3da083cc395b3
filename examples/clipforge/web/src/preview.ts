import { fal } from "@fal-ai/client";

// Previews are made in the browser; the final render runs on the server.
const PREVIEW_MODEL = "fal-ai/wan/v2.2-5b/text-to-video";

export async function preview(prompt: string): Promise<string> {
  const result = await fal.subscribe(PREVIEW_MODEL, { input: { prompt, resolution: "580p" } });
  return result.data.video.url;
}

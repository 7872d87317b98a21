// Reading a chosen file for the server's upload act.

import { act } from "./actions.js";

/** The content of a file in base64. */
export async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  const step = 0x8000;
  for (let i = 0; i < bytes.length; i += step) binary += String.fromCharCode(...bytes.subarray(i, i + step));
  return btoa(binary);
}

/** Uploads one file; answers Slack's file object, or null when it failed (and was told). */
export async function upload(file, where = {}) {
  const answer = await act("upload", { name: file.name, content_base64: await base64(file), ...where });
  return answer.ok ? answer.file : null;
}

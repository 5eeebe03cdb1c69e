// Acting where a refusal is simply told.

import { Refused, act } from "./api.js";
import { toast } from "./toast.js";

/** Act; when the workspace refuses, show why and return null. */
export async function tell(verb, body) {
  return orTold(() => act(verb, body));
}

/** Run `work`; a refusal becomes a toast and null. */
export async function orTold(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message);
    return null;
  }
}

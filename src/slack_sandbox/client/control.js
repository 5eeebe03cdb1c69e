// Talking with the sandbox's control API: the same that tests use.

/** GET /control/<path>. Throws an Error with a sentence. */
export function look(path) {
  return ask("GET", path);
}

/** POST, or DELETE without a body. Throws an Error with a sentence. */
export function tellSandbox(path, body) {
  return body === undefined ? ask("DELETE", path) : ask("POST", path, body);
}

async function ask(method, path, body) {
  const how = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) how.body = JSON.stringify(body);
  let answer;
  try {
    answer = await (await fetch(`/control/${path}`, how)).json();
  } catch {
    throw new Error("The sandbox does not answer. Is it still running?");
  }
  if (answer?.ok === false) throw new Error(answer.message ?? answer.error);
  return answer;
}

// @ts-check
// Shows the server that a request is of its own page (guard.py): no page of another site can read its token. A
// server that was started anew has another one, which is fetched when it refuses the old.

const plain = window.fetch.bind(window);
const guarded = /\/gradio_api\/(component_server\/|upload)$/;

/** @type {Promise<string> | undefined} */
let token;

const newest = async () => (await plain("token", { cache: "no-store" })).text();

/**
 * @param {RequestInfo | URL} address
 * @param {RequestInit} options
 */
async function shown(address, options) {
  const headers = new Headers(options.headers);
  token ??= newest();
  headers.set("x-footnote-token", await token);
  return plain(address, { ...options, headers });
}

window.fetch = async (address, options = {}) => {
  const { origin, pathname } = new URL(address instanceof Request ? address.url : address, document.baseURI);
  if (origin !== location.origin || !guarded.test(pathname)) return plain(address, options);
  const answer = await shown(address, options).catch((trouble) => {
    token = undefined;
    throw trouble;
  });
  if (answer.status !== 403) return answer;
  token = undefined;
  return shown(address, options);
};

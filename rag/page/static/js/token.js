// Shows the server that a request is of its own page (guard.py): no page of another site can read its token. A
// server that was started anew has another one, which is fetched when it refuses the old.
(() => {
  const plain = window.fetch.bind(window);
  const guarded = /\/gradio_api\/(component_server\/|upload)$/;
  let token;

  const newest = async () => (await plain("token", { cache: "no-store" })).text();
  const shown = async (address, options) => {
    const headers = new Headers(options.headers);
    headers.set("x-footnote-token", await (token ??= newest()));
    return plain(address, { ...options, headers });
  };

  window.fetch = async (address, options = {}) => {
    const { origin, pathname } = new URL(address.url ?? address, document.baseURI);
    if (origin !== location.origin || !guarded.test(pathname)) return plain(address, options);
    const answer = await shown(address, options).catch((trouble) => ((token = undefined), Promise.reject(trouble)));
    if (answer.status !== 403) return answer;
    token = undefined;
    return shown(address, options);
  };
})();

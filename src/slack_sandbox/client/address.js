// What the address of the page says.

/** {as, channel, ts, thread_ts} of the address: `#/as/U…/C…`, or `#/archives/C…/p…` for whoever acts already. */
export function address() {
  const [, who, channel, ts] =
    /^#\/as\/([A-Z0-9]+)(?:\/([A-Z0-9]+))?(?:\/([\d.]+))?/.exec(location.hash) ?? [];
  if (who) return { as: who, channel, ts };
  const link =
    /\/archives\/([A-Z0-9]+)(?:\/p?(\d{10})\.?(\d{6}))?/.exec(location.hash || location.pathname) ?? [];
  return {
    as: null,
    channel: link[1],
    ts: link[2] ? `${link[2]}.${link[3]}` : undefined,
    thread_ts: new URLSearchParams(location.search).get("thread_ts"),
  };
}

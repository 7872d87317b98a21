// The only module that talks to the server: the driving interface of the local
// Slack (design.md section 7). Every call answers parsed JSON or throws Trouble.

/** A call that did not succeed; `code` is the server's own word for why. */
export class Trouble extends Error {
  constructor(code, status, body) {
    super(code);
    this.code = code;
    this.status = status;
    this.body = body;
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Trouble("unreachable", 0, null);
  }
  const text = await response.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    throw new Trouble("bad_answer", response.status, text);
  }
  if (!response.ok) throw new Trouble(body.error ?? `http_${response.status}`, response.status, body);
  return body;
}

function post(path, body) {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export const api = {
  people: () => call("/_/people"),
  /** What a person sees; more may narrow it: {channel, before, limit}. */
  state: (as, more = {}) => call(`/_/state?${new URLSearchParams({ as, ...more })}`),
  /** One act of one person: act("U1", "say", {channel, text}). */
  act: (as, kind, details) => post("/_/act", { as, [kind]: details }),
  clock: () => call("/_/clock"),
  moveClock: (to) => post("/_/clock", to),
  fault: (fault) => post("/_/faults", fault),
  clearFaults: () => call("/_/faults", { method: "DELETE" }),
  /** The last lines of the protocol log, newest last. */
  async log(limit) {
    const response = await fetch("/_/log", { cache: "no-store" });
    const lines = (await response.text()).trim().split("\n").filter(Boolean);
    return lines.slice(-limit).map((line) => JSON.parse(line));
  },
  /**
   * Calls back with every change {kind, channel, …} and with whether the server
   * is reached. One tab holds the stream and tells the others: a browser opens
   * only six connections to a host, and a stream in each of six tabs would leave
   * none for anything else. When that tab goes, the next one takes over.
   */
  listen(onChange, onLink) {
    const hear = ({ change, linked }) => (change ? onChange(change) : onLink(linked));
    if (!navigator.locks) { // not a secure context: each tab for itself
      follow(hear);
      return;
    }
    const tabs = new BroadcastChannel(STREAM);
    tabs.onmessage = ({ data }) => hear(data);
    navigator.locks.request(STREAM, () => {
      follow((news) => {
        hear(news);
        tabs.postMessage(news);
      });
      return new Promise(() => {}); // held until the tab closes
    });
  },
};

const STREAM = "rehearsal-changes";

/** Opens the stream; the browser reconnects by itself. What passed while it was closed is unknown. */
function follow(tell) {
  const source = new EventSource("/_/events");
  source.onopen = () => {
    tell({ linked: true });
    tell({ change: { kind: "resync" } });
  };
  source.onerror = () => tell({ linked: false });
  source.addEventListener("change", (event) => tell({ change: JSON.parse(event.data) }));
}

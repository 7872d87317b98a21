// Where one is, in the location hash: #as=U1&c=C1&t=1700000000.000100 or
// #as=U1&app=U9. Each tab keeps its own, so several tabs can be several people.

import { store } from "./state.js";

export function readPlace() {
  const given = new URLSearchParams(location.hash.slice(1));
  const app = given.get("app") ?? "";
  return {
    as: given.get("as") ?? "",
    place: app ? { kind: "home", id: app, thread: "" } : { kind: given.get("c") ? "channel" : "", id: given.get("c") ?? "", thread: given.get("t") ?? "" },
    message: given.get("m") ?? "",
  };
}

export function placeHash({ as = store.as, kind, id, thread, message }) {
  const parts = new URLSearchParams();
  if (as) parts.set("as", as);
  if (kind === "home") parts.set("app", id);
  else if (id) parts.set("c", id);
  if (thread) parts.set("t", thread);
  if (message) parts.set("m", message);
  return `#${parts.toString()}`;
}

/** Goes somewhere; the hash listener in app.js does the rest. */
export function go(place) {
  location.hash = placeHash(place);
}

export function goChannel(id, thread = "") {
  go({ kind: "channel", id, thread });
}

export function goHome(app) {
  go({ kind: "home", id: app });
}

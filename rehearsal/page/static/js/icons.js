// Line icons, drawn from path data with DOM calls (24×24, stroke only).

const NS = "http://www.w3.org/2000/svg";

const PATHS = {
  send: "M4 12l16-8-6 16-3-7-7-1z",
  attach: "M20 11.5l-8 8a5 5 0 01-7-7l8.5-8.5a3.3 3.3 0 014.7 4.7L9.7 17.2a1.7 1.7 0 01-2.4-2.4l7.5-7.5",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6l1-7z",
  smile: "M12 21a9 9 0 100-18 9 9 0 000 18zM8.5 14a4.2 4.2 0 007 0M9 9.5v.1M15 9.5v.1",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  plus: "M12 5v14M5 12h14",
  clock: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3.5 2",
  tools: "M4 7h9M17 7h3M4 17h3M11 17h9M13 4.5v5M7 14.5v5",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3",
  group: "M9 11a3.2 3.2 0 100-6.4A3.2 3.2 0 009 11zM3 19c.4-3.4 2.8-5 6-5s5.6 1.600 6 5M16 11a2.700 2.700 0 100-5.400M17 14.200c2.300.3 3.700 1.800 4 4.300",
  reply: "M20 5H4v11h5l3 3.500L15 16h5z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  check: "M5 12.500l4.500 4.500L19 7.500",
  bold: "M7 5h6a3.500 3.500 0 010 7H7zM7 12h7a3.500 3.500 0 010 7H7z",
  italic: "M10 5h8M6 19h8M14 5l-4 14",
  strike: "M4 12h16M16.500 8c-.5-2-2.200-3-4.500-3-2.600 0-4.500 1.300-4.500 3.300M7.500 16c.4 2 2.200 3 4.500 3 2.700 0 4.500-1.300 4.500-3.500",
  code: "M9 7l-5 5 5 5M15 7l5 5-5 5",
  bullets: "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 4.500l1.500-.5v4.500M4 14.500c.4-.8 2.300-.8 2.300.4S4 17.500 4 18.500h2.500",
  warn: "M12 4l9 16H3zM12 10v5M12 17.600v.1",
  info: "M12 21a9 9 0 100-18 9 9 0 000 18zM12 11v6M12 7.500v.1",
  up: "M6 15l6-6 6 6",
};

export function icon(name, size = 20) {
  const svg = document.createElementNS(NS, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: size, height: size, class: `icon icon-${name}`, "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", PATHS[name] ?? "");
  svg.append(path);
  return svg;
}

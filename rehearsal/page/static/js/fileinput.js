// The file input of a form: files are uploaded when chosen, the form sends
// their ids.

import { fill, h } from "./dom.js";
import { inputProps, keep, valueOf } from "./fire.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";
import { upload } from "./upload.js";
import { t } from "./words.js";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_FILES = 10;

export function fileInput(element, slot) {
  const most = Math.min(element.max_files ?? MOST_FILES, MOST_FILES);
  const types = element.filetypes ?? [];
  const list = h("ul", { class: "file-list" });
  const files = () => valueOf(slot, element).files ?? [];
  const set = (next) => {
    keep(slot, element, { files: next });
    draw();
  };
  const picker = h("input", {
    type: "file", class: "file-native", multiple: most > 1, accept: types.map((type) => `.${type}`).join(",") || null, ...inputProps(slot, element),
    onchange: async () => {
      await add([...picker.files]);
      picker.value = "";
    },
  });
  const button = h("label", { class: "button file-button" }, icon("attach", 18), h("span", null, t("pickFiles")), picker);

  async function add(chosen) {
    for (const file of chosen) {
      const fault = refusal(file, types, files().length, most);
      if (fault) {
        toast(fault, { bad: true });
        continue;
      }
      button.setAttribute("aria-busy", "true");
      const stored = await upload(file);
      button.removeAttribute("aria-busy");
      if (stored) set([...files(), stored]);
    }
  }

  function draw() {
    fill(list, files().map((file) => h("li", null, icon("file", 18), h("span", null, file.name ?? file.title ?? file.id),
      h("button", { type: "button", class: "link-button", "aria-label": t("unpick", { name: file.name ?? file.id }), onclick: () => set(files().filter((one) => one.id !== file.id)) }, "×"))));
  }

  const zone = h("div", {
    class: "file-input",
    ondragover: (event) => event.preventDefault(),
    ondrop: (event) => {
      event.preventDefault();
      event.stopPropagation();
      add([...event.dataTransfer.files]);
    },
  }, list, button);
  draw();
  return zone;
}

function refusal(file, types, have, most) {
  const ending = file.name.split(".").at(-1).toLowerCase();
  if (have >= most) return t("tooMany", { n: most });
  if (types.length && !types.map((type) => type.toLowerCase()).includes(ending)) return t("badFileType", { types: types.join(", ") });
  return file.size > MOST_BYTES ? t("fileTooLarge") : "";
}

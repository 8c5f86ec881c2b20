// <button data-copy="#id">: the text of that element goes to the clipboard, or is selected.
import { toast } from "./notices.js";
import { say } from "./words.js";

function select(source) {
  const range = document.createRange();
  range.selectNodeContents(source);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

/** The old way works where the clipboard is closed to pages, as it is over plain http. */
function copyOldWay(source) {
  const box = Object.assign(document.createElement("textarea"), { value: source.textContent, className: "visually-hidden" });
  document.body.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  if (!copied) select(source);
  return copied;
}

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    return copyOldWay(source);
  }
}

/** Let copy buttons work. */
export function startCopying() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    const source = button && document.querySelector(button.dataset.copy);
    if (!source) return;
    if (await copy(source)) toast(say("copied"));
    else toast(say("not_copied"), { bad: true });
  });
}

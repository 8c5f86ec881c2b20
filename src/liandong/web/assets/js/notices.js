// Toasts: success leaves after five seconds, failure stays until it is closed.

const STAY = 5000;

function fade(toast) {
  setTimeout(() => toast.remove(), STAY);
}

/** Say something at the bottom of the page. */
export function toast(text, { bad = false } = {}) {
  const box = document.createElement("div");
  box.className = bad ? "toast toast-bad" : "toast";
  const words = Object.assign(document.createElement("span"), { className: "grow", textContent: text });
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "关闭" });
  close.dataset.close = "";
  box.append(words, close);
  document.querySelector("[data-toasts]")?.append(box);
  if (!bad) fade(box);
}

const FAULT = "这一步没有办成，系统已记下。填过的内容还在，请再试一次；仍不行时先用电话办理。";

/** Let toasts leave and be closed; say when a request could not be made. */
export function startNotices() {
  document.querySelectorAll("[data-fades]").forEach(fade);
  document.addEventListener("click", (event) => {
    event.target.closest("[data-close]")?.closest(".toast, dialog")?.remove();
  });
  document.addEventListener("htmx:response:error", (event) => {
    const { ctx } = event.detail;
    if (ctx.response.status >= 500 && !ctx.sourceElement.matches("[data-live]")) toast(FAULT, { bad: true });
  });
  document.addEventListener("htmx:error", (event) => {
    const source = event.detail?.ctx?.sourceElement;
    if (source?.closest("[data-live]") && !source.matches("form")) return;
    if (event.detail?.error?.name === "AbortError") return;
    toast("没有发出去：网络或服务中断。填过的内容还在，请稍后再办。", { bad: true });
  });
}

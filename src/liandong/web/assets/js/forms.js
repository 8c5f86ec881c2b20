// Forms in work: drafts put back, busy buttons, the end of a deed.

import { forget, keep, restore, startDrafts } from "./drafts.js";

/** Say where the page was opened, as its other requests do by a header. */
function stateRealm(form) {
  if (form.method !== "post" || form.elements.page_realm) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "page_realm", value: document.body.dataset.realm }));
}

function restoreAll(root) {
  const forms = [...(root.querySelectorAll?.("form[data-draft]") ?? [])];
  if (root.matches?.("form[data-draft]")) forms.push(root);
  for (const form of forms) {
    if (form.dataset.restored) continue;
    form.dataset.restored = "yes";
    restore(form);
  }
}

function busy(form, on) {
  for (const button of form.querySelectorAll("button:not([type='button'])")) {
    button.disabled = on;
    if (on) {
      // No sign of waiting under 400 ms.
      button.timer = setTimeout(() => {
        button.dataset.busy = "";
        button.words ??= button.textContent;
        button.textContent = button.dataset.busyText || button.words;
      }, 400);
    } else {
      clearTimeout(button.timer);
      delete button.dataset.busy;
      if (button.words) button.textContent = button.words;
    }
  }
}

/** The form that is sent; a part of it that only asks for something is none. */
const sent = ({ sourceElement }) => (sourceElement.matches?.("[hx-get]") ? null : sourceElement.closest?.("form[hx-post]"));

/** Wire drafts, busy buttons and the end of a deed. */
export function startForms() {
  startDrafts();
  restoreAll(document);
  // Where the page was opened: in another window its browser may have gone into a drill, or come out of it.
  document.addEventListener("submit", (event) => stateRealm(event.target), { capture: true });
  document.addEventListener("forms", ({ detail }) => restoreAll(detail));
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (form) keep(form);
  });
  document.addEventListener("htmx:before:request", (event) => {
    const form = sent(event.detail.ctx);
    if (!form) return;
    if (form.matches("[data-draft]")) keep(form);
    busy(form, true);
  });
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const form = sent(ctx);
    const raw = ctx.response?.raw;
    if (form && raw?.ok && !raw.redirected) forget(form);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const form = sent(event.detail.ctx);
    if (form) busy(form, false);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    restoreAll(document);
    const id = event.detail.ctx?.sourceElement?.matches?.("form[hx-post]") && event.detail.ctx.sourceElement.id;
    if (id) document.getElementById(id)?.querySelector(".field-bad :is(input, select, textarea)")?.focus();
  });
}

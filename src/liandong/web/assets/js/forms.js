// Forms keep what was typed until the deed is done: over reloads, lost networks and new sign-ins.

import { say } from "./words.js";

const SKIP = new Set(["csrfmiddlewaretoken", "expected_version", "page_realm"]);

const key = (form) => `draft:${location.pathname}:${form.id}`;

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !SKIP.has(field.name) && !["file", "password", "submit"].includes(field.type) && !field.closest("[data-no-draft]"),
  );
}

function state(form, text) {
  const place = form.querySelector("[data-draft-state]");
  if (place) place.textContent = text;
}

function keep(form) {
  const kept = fields(form).map((field) =>
    ["checkbox", "radio"].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value],
  );
  sessionStorage.setItem(key(form), JSON.stringify(kept));
  state(form, say("saved"));
}

/** Fill a field again; a part of the form that is folded over it opens. */
function put(form, field, value) {
  field.value = value;
  if (field.type === "hidden" || !value || field.value === field.defaultValue || field.matches("select")) return;
  const folded = field.closest("details");
  if (folded && form.contains(folded)) folded.open = true;
}

/** Put back what was typed; the key too, so that a deed that did go through is not done twice. */
function restore(form) {
  const text = sessionStorage.getItem(key(form));
  if (!text || form.querySelector(".field-bad")) return;
  for (const [name, value, checked] of JSON.parse(text)) {
    for (const field of fields(form).filter((one) => one.name === name)) {
      if (!["checkbox", "radio"].includes(field.type)) put(form, field, value);
      else if (field.value === value) field.checked = checked;
    }
  }
  state(form, say("restored"));
}

function stateRealm(form) {
  if (form.method !== "post" || form.elements.page_realm) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "page_realm", value: document.body.dataset.realm }));
}

const forget = (form) => sessionStorage.removeItem(key(form));

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

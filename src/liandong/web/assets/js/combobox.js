// <select data-combobox>: long lists are found by typing, in Chinese or by pinyin initials, as ARIA 1.2
// has it. The select stays, hidden, and is what is sent; without a script it is what is shown.

const MOST = 60;
const FEW = 7; // so many are seen at a glance
let counted = 0;

const plain = (text) => text.toLowerCase().replace(/\s+/g, "");

class Combobox {
  constructor(select) {
    this.select = select;
    this.id = `combobox-${(counted += 1)}`;
    this.options = [...select.options].filter((one) => one.value);
    this.draw();
    this.show();
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => this.open(""));
    this.input.addEventListener("input", () => this.open(this.input.value));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    select.addEventListener("change", () => this.show());
  }

  draw() {
    const { select } = this;
    this.input = Object.assign(document.createElement("input"), { type: "text", autocomplete: "off", id: `${this.id}-input` });
    this.list = Object.assign(document.createElement("ul"), { id: `${this.id}-list`, hidden: true, className: "options" });
    this.list.setAttribute("role", "listbox");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id })) this.input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid", "autofocus"]) if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    const box = Object.assign(document.createElement("div"), { className: "combobox" });
    const label = select.labels[0];
    if (label) {
      label.htmlFor = this.input.id;
      this.list.setAttribute("aria-label", label.textContent.replace("*", "").trim());
    }
    this.input.placeholder = select.dataset.combobox;
    this.input.required = select.required;
    select.hidden = true;
    select.required = false;
    select.before(box);
    box.append(this.input, this.list);
  }

  /** What is chosen stands in the box. */
  show() {
    const chosen = this.select.selectedOptions[0];
    this.input.value = chosen?.value ? chosen.textContent.trim() : "";
  }

  fitting(text) {
    const wanted = plain(text);
    return this.options.filter((one) => !wanted || plain(one.textContent).includes(wanted) || (one.dataset.initials ?? "").includes(wanted));
  }

  open(text) {
    const found = this.fitting(text);
    this.list.replaceChildren(
      ...found.slice(0, MOST).map((one, at) => {
        const item = Object.assign(document.createElement("li"), { id: `${this.id}-${at}`, textContent: one.textContent });
        item.setAttribute("role", "option");
        item.dataset.value = one.value;
        return item;
      }),
    );
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(Boolean(found.length)));
    this.mark(text ? 0 : found.findIndex((one) => one.selected));
  }

  /** Whoever typed a name in full, or all but the only one, has chosen it. */
  leave() {
    if (this.list.hidden || !this.input.value) return this.close();
    const found = this.fitting(this.input.value);
    const same = found.find((one) => plain(one.textContent) === plain(this.input.value)) ?? (found.length === 1 ? found[0] : null);
    if (same) this.take(same.value);
    else this.close();
  }

  close() {
    if (!this.list.hidden) this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.show();
  }

  mark(at) {
    const items = [...this.list.children];
    this.at = Math.max(-1, Math.min(items.length - 1, at));
    items.forEach((one, n) => one.setAttribute("aria-selected", String(n === this.at)));
    items[this.at]?.scrollIntoView({ block: "nearest" });
    if (items[this.at]) this.input.setAttribute("aria-activedescendant", items[this.at].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  choose(item) {
    if (item) this.take(item.dataset.value);
  }

  take(value) {
    this.select.value = value;
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  key(event) {
    if (event.isComposing || event.ctrlKey) return;
    const shut = this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (shut) this.open("");
      if (shut && this.at < 0) this.mark(0);
      else if (!shut) this.mark(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !shut) {
      event.preventDefault();
      this.choose(this.list.children[this.at]);
    } else if (event.key === "Tab" && !shut && this.at >= 0) this.choose(this.list.children[this.at]);
    else if (event.key === "Escape" && !shut) {
      event.stopPropagation();
      this.close();
    }
  }
}

function all() {
  for (const select of document.querySelectorAll("select[data-combobox]:not([hidden])")) if (select.options.length > FEW) new Combobox(select);
}

/** Make the long lists of this page ones that can be typed in; those of fetched forms too. */
export function startComboboxes() {
  all();
  document.addEventListener("htmx:after:swap", all);
}

// The search box: Ctrl K or / opens it, arrows choose, Enter goes there, Esc closes.
//
// Without a script its link leads to the page that asks the same.

const OPTIONS = "[role=option]";

class Search {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input");
    this.at = -1;
    box.addEventListener("htmx:after:swap", () => this.show());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("click", (event) => event.target === box && box.close());
    box.querySelector("form").addEventListener("submit", (event) => this.submit(event));
  }

  get options() {
    return [...this.box.querySelectorAll(OPTIONS)];
  }

  open() {
    if (!this.box.open) this.box.showModal();
    this.input.select();
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.mark(0);
  }

  mark(at) {
    const { options } = this;
    this.at = options.length ? (at + options.length) % options.length : -1;
    options.forEach((one, n) => one.setAttribute("aria-selected", String(n === this.at)));
    const chosen = options[this.at];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    event.preventDefault();
    this.mark(this.at + step);
  }

  /** What stands chosen is meant only while it answers what is typed; else the page asks. */
  submit(event) {
    const answered = this.box.querySelector("[data-typed]")?.dataset.typed === this.input.value;
    const chosen = this.options[this.at];
    if (!answered || !chosen) return;
    event.preventDefault();
    location.assign(chosen.href);
  }
}

/** Wire the box of this page, where it has one. */
export function startSearch() {
  const box = document.querySelector("dialog[data-search]");
  if (!box) return;
  const search = new Search(box);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-search-open]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    search.open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    search.open();
  });
}

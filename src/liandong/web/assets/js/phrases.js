// <select data-phrases>: what is chosen fills in the rest of its form; each option says which boxes with what.

/** Fill in what the chosen words bring; what they do not name stays. */
export function startPhrases() {
  document.addEventListener("change", ({ target }) => {
    if (!target.matches?.("select[data-phrases]") || !target.value) return;
    for (const [name, value] of Object.entries(target.selectedOptions[0].dataset)) {
      for (const box of value ? target.form.querySelectorAll(`[name="${name}"]`) : []) {
        if (box.type === "checkbox") box.checked = value.split(" ").includes(box.value);
        else box.value = value;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
  });
}

// What scripts say, in the language of the page: told by the server in a data block, never written here.

const block = document.getElementById("words");
const words = block ? JSON.parse(block.textContent) : {};

/** The page's language, for Intl; English with the day before the month. */
export const language = { en: "en-GB" }[document.documentElement.lang] ?? "zh-CN";

/** A text by its name in web/words.py, with {places} filled. */
export function say(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/* The search in a folder without a server. Excerpts are cut from pages, and a browser lets no page opened as a file read
   another one; so the texts come from a script, which is loaded then and only then. */
if (location.protocol === "file:") {
  const texts = new Promise((resolve) => (window.searchTexts = resolve));
  const script = document.createElement("script");
  script.src = "_static/search_texts.js";
  document.head.append(script);
  window.fetch = async (address) => {
    Search.htmlToText = (text) => text; // it is text already
    const name = address.replace(/^\.\//, "").replace(/\.html.*$/, "");
    return { text: async () => (await texts)[name] };
  };
}

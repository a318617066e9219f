/* What the search of the book does beside that of Sphinx; it runs after searchtools.js and before the index comes. */

/* Chinese is cut into pairs of characters, as the index is. */
function splitQuery(query) {
  return query
    .split(/[^\p{Letter}\p{Number}_\p{Emoji_Presentation}]+/gu)
    .flatMap((word) => word.match(/[\u3400-\u9fff]+|[^\u3400-\u9fff]+/gu) || [])
    .flatMap((part) =>
      /[\u3400-\u9fff]/u.test(part) && part.length > 2
        ? [...part].slice(1).map((character, at) => part[at] + character)
        : [part],
    );
}

/* A result that is a term of the glossary says which; several of them would look the same. */
{
  const perform = Search._performSearch;
  Search._performSearch = (...query) => {
    const { docnames, indexentries } = Search._index;
    const terms = new Map();
    for (const [term, places] of Object.entries(indexentries))
      for (const [page, id] of places) terms.set(`${docnames[page]}#${id}`, term);
    return perform(...query).map((result) => {
      const term = terms.get(result[0] + result[2]);
      if (term && result[3] === null) result[1] += `: ${term}`;
      return result;
    });
  };
}

/* Excerpts are cut from the text of the article, from the place on that the result names. */
Search.htmlToText = (page, anchor) => {
  const read = new DOMParser().parseFromString(page, "text/html");
  const article = read.querySelector("article");
  if (!article) return "";
  article.querySelectorAll("script, style, .headerlink, .launch").forEach((element) => element.remove());
  const text = read.createRange();
  text.selectNodeContents(article);
  const place = anchor && read.getElementById(anchor.slice(1));
  if (place && article.contains(place)) text.setStartBefore(place);
  return text.toString().replace(/\s+/g, " ").trim();
};

/* Pages are read one by one, and a browser lets no page opened as a file read another one; then, and only then, the
   texts come from a script. */
if (location.protocol === "file:") {
  const texts = new Promise((resolve) => (window.searchTexts = resolve));
  const script = document.createElement("script");
  script.src = "_static/search_texts.js";
  document.head.append(script);
  Search.htmlToText = (text) => text; // it is text already
  window.fetch = async (address) => {
    const name = address.replace(/^\.\//, "").replace(/\.html.*$/, "");
    return { text: async () => (await texts)[name] };
  };
}

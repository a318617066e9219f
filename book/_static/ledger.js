/* The filter of the claims ledger: by section of the paper and by verdict. Without this script all claims are shown.

   The choice stands in the address, #section=2&verdict=holds-if, so that it can be linked and survives a reload. An
   address that names a claim, #c21, always shows it. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const claims = [...document.querySelectorAll("section.claim")];
  if (!claims.length) return;

  const of = (claim, kind) =>
    [...claim.classList].filter((name) => name.startsWith(`${kind}-`)).map((name) => name.slice(kind.length + 1));
  const words = (kind, value) => (kind === "paper" ? `section ${value.replace("-", ".")}` : value.replaceAll("-", " "));
  const found = (kind) => [...new Set(claims.flatMap((claim) => of(claim, kind)))];
  const sections = found("paper").flatMap((value) => [value[0], value]);

  const chosen = { section: "", verdict: "" };
  const matches = (claim) =>
    (!chosen.section || of(claim, "paper").some((value) => `${value}-`.startsWith(`${chosen.section}-`))) &&
    (!chosen.verdict || of(claim, "verdict").includes(chosen.verdict));

  const bar = document.createElement("form");
  bar.className = "claims-filter";
  bar.setAttribute("aria-label", "Filter the claims");
  const status = document.createElement("p");
  status.setAttribute("role", "status");

  const selects = {};
  const select = (name, label, kind, values) => {
    const field = document.createElement("label");
    const list = document.createElement("select");
    list.name = name;
    list.add(new Option("all", ""));
    values.forEach((value) => list.add(new Option(words(kind, value), value)));
    field.append(`${label} `, list);
    bar.append(field);
    selects[name] = list;
  };
  select("section", "Section of the paper", "paper", [...new Set(sections)].sort());
  select("verdict", "Verdict", "verdict", found("verdict").sort());
  const reset = document.createElement("button");
  reset.type = "reset";
  reset.textContent = "Show all";
  bar.append(reset, status);

  const show = () => {
    claims.forEach((claim) => (claim.hidden = !matches(claim)));
    new Set(claims.map((claim) => claim.parentElement)).forEach((part) => {
      part.hidden = claims.every((claim) => claim.parentElement !== part || claim.hidden);
    });
    const shown = claims.filter((claim) => !claim.hidden).length;
    status.textContent = `${shown} of ${claims.length} claims`;
    Object.entries(selects).forEach(([name, list]) => (list.value = chosen[name]));
  };
  const choose = (values) => {
    Object.keys(chosen).forEach((name) => {
      const offered = [...selects[name].options].map((option) => option.value);
      chosen[name] = offered.includes(values[name]) ? values[name] : "";
    });
    show();
  };
  const keep = () => {
    const kept = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)).toString();
    history.replaceState(null, "", kept ? `#${kept}` : location.pathname + location.search);
  };
  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  };
  const read = () => {
    const fragment = decoded(location.hash.slice(1));
    const target = fragment && document.getElementById(fragment);
    if (target && !target.closest("section.claim")?.hidden && !target.hidden) return;
    choose(Object.fromEntries(new URLSearchParams(target ? "" : fragment)));
    if (target) target.scrollIntoView();
  };

  bar.addEventListener("change", () => {
    choose({ section: selects.section.value, verdict: selects.verdict.value });
    keep();
  });
  bar.addEventListener("reset", () => {
    choose({});
    keep();
  });
  bar.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", read);

  const first = claims[0].parentElement;
  first.parentElement.insertBefore(bar, first);
  show();
  read();
});

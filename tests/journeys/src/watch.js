// The first script of every page of every journey: what a page must not do, and what it tells the console.
// It is a file, because the page's own policy allows no script in the page and no engine but one takes one from its driver.
"use strict";
(() => {
  const seen = [];
  const said = [];
  window.__watch = { seen, said };
  addEventListener("error", (e) => seen.push("error: " + e.message));
  addEventListener("unhandledrejection", (e) => seen.push("unhandled rejection: " + e.reason));
  addEventListener("securitypolicyviolation", (e) => seen.push("policy: " + e.effectiveDirective + " " + e.blockedURI));
  for (const level of ["debug", "log", "info", "warn", "error"]) {
    const tell = console[level];
    console[level] = (...words) => {
      said.push(level + ": " + words.map(String).join(" "));
      tell.apply(console, words);
    };
  }
})();

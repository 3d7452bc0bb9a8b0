// The first script of the page, small and apart from the others: it says which file of the bundle is missing or damaged.
//
// The message stands in index.html and is seen by default; the sheet hides it while this script ran and found nothing. So it is
// seen as well when this very file is the damaged one, or the sheet, or several at once.
const root = document.documentElement;
const tell = () => {
  const language = navigator.language.startsWith("zh") ? "zh" : "en";
  for (const text of document.querySelectorAll("#trouble > *")) {
    text.hidden = text.lang !== language;
    text.querySelector("code").textContent = root.dataset.damaged;
  }
};
// The console's own start calls it as well, for the program. The first file is the one that is told.
const damaged = (url) => {
  root.dataset.damaged ??= url.split("/").pop();
  tell();
};
root.dataset.guard = "";
// Only what is held to a hash is of the bundle. Such an event does not bubble.
addEventListener("error", ({ target }) => target.integrity && damaged(target.src || target.href), true);
// A file may be refused before the message has been read.
addEventListener("DOMContentLoaded", () => root.dataset.damaged && tell());

// Renews the page in place, so that a reader keeps the place and the focus.
"use strict";
const every = 10000;

async function renew() {
  const offline = document.getElementById("offline");
  try {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store", signal: AbortSignal.timeout(every) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("page");
    if (!fresh) throw new Error("not our page");
    offline.hidden = true;
    if (String(document.getSelection()) !== "") return; // somebody is copying
    const focused = document.activeElement?.getAttribute("href");
    document.getElementById("page").replaceWith(fresh);
    document.title = page.title;
    if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  } catch {
    offline.textContent = "The server does not answer. What you see may be out of date.";
    offline.hidden = false;
  }
}

setInterval(() => { if (!document.hidden) renew(); }, every);
document.addEventListener("visibilitychange", () => { if (!document.hidden) renew(); });

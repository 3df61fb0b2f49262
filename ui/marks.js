/* What the page does without asking the server: marks open their cards, previews, copying, the theme, the side bar.
   Text of a report is only ever moved with textContent. */
(() => {
  const THEME = "reportqa-theme";
  const wide = () => window.matchMedia("(min-width: 900px)").matches;
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const move = () => (calm() ? "auto" : "smooth");

  function open(cardId) {
    const card = document.getElementById(cardId);
    if (!card) return;
    const set = card.closest(".evidence-set");
    document.querySelectorAll(".evidence-set").forEach((other) => (other.hidden = other !== set));
    document.querySelectorAll(".card.current, .mark.current").forEach((old) => old.classList.remove("current"));
    card.classList.add("current");
    document.querySelectorAll(`.mark[data-card="${cardId}"]`).forEach((mark) => mark.classList.add("current"));
    card.focus({ preventScroll: true });
    card.scrollIntoView({ behavior: move(), block: wide() ? "nearest" : "start" });
  }

  function back(cardId) {
    const mark = document.querySelector(`.mark[data-card="${cardId}"]`);
    if (!mark) return;
    mark.scrollIntoView({ behavior: move(), block: "center" });
    mark.focus({ preventScroll: true });
  }

  function write(text) {
    const box = document.querySelector("#question textarea, #question input");
    if (!box) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  function side(open) {
    document.getElementById("shell")?.classList.toggle("side-open", open);
    document.querySelector("[data-side]")?.setAttribute("aria-expanded", String(open));
  }

  function theme(name) {
    document.body.classList.toggle("dark", name === "dark");
    localStorage.setItem(THEME, name);
  }

  async function copy(button) {
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed here";
    }
    setTimeout(() => (button.textContent = before), 1500);
  }

  let preview = null;
  function hide() {
    if (preview) preview.remove();
    preview = null;
  }
  function show(mark) {
    hide();
    const card = document.getElementById(mark.dataset.card);
    if (!card) return;
    preview = document.createElement("div");
    preview.className = "preview";
    preview.setAttribute("role", "tooltip");
    const place = document.createElement("p");
    place.className = "preview-place";
    place.textContent = [...card.querySelectorAll(".place h3, .place p, .page")].map((e) => e.textContent).join(" · ");
    const quote = document.createElement("p");
    quote.textContent = card.querySelector("[data-copy]").dataset.copy.replaceAll("**", "");
    preview.append(quote, place);
    document.querySelector(".gradio-container").append(preview);
    const at = mark.getBoundingClientRect();
    const size = preview.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left - 24), window.innerWidth - size.width - 8);
    const below = at.bottom + 8 + size.height < window.innerHeight;
    preview.style.left = `${left}px`;
    preview.style.top = `${below ? at.bottom + 8 : at.top - size.height - 8}px`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const data = button.dataset;
    if (data.card) { hide(); open(data.card); }
    else if (data.back) back(data.back);
    else if (data.copy !== undefined) copy(button);
    else if (data.edit !== undefined) write(data.edit);
    else if (data.theme !== undefined) theme(document.body.classList.contains("dark") ? "light" : "dark");
    else if (data.side !== undefined) side(button.getAttribute("aria-expanded") === "false");
    if (button.closest("#side") && !button.closest("#settings")) side(false);
  });
  document.addEventListener("mouseover", (event) => {
    const mark = event.target.closest?.(".mark");
    if (mark) show(mark); else hide();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.(".mark:focus-visible")) show(event.target); else hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { hide(); side(false); } });

  // A new turn comes into view when it is asked and again when it is answered.
  let shown = "";
  new MutationObserver(() => {
    const last = [...document.querySelectorAll("#conversation .turn")].pop();
    const now = last ? `${last.dataset.turn} ${last.querySelector(".answer") !== null}` : "";
    if (last && now !== shown) requestAnimationFrame(() => last.scrollIntoView({ behavior: move(), block: "start" }));
    shown = now;
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("DOMContentLoaded", () => {
    const saved = localStorage.getItem(THEME);
    if (saved) setTimeout(() => theme(saved), 0);
  });
})();

// Spots of charts: pointed at or walked to with the arrow keys, they say their number at once.
// Without this script the browser shows the same words after a while, and the table has them all.
"use strict";
(() => {
  const words = document.createElement("div");
  words.className = "spot-words";
  words.hidden = true;
  document.body.append(words);

  const show = (spot) => {
    words.textContent = spot.getAttribute("aria-label");
    words.hidden = false;
    const at = spot.getBoundingClientRect();
    const size = words.getBoundingClientRect();
    const left = Math.min(Math.max(12, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 12);
    words.style.left = `${left}px`;
    words.style.top = `${at.top > size.height + 12 ? at.top - size.height - 6 : at.bottom + 6}px`;
  };
  const hide = () => { words.hidden = true; };
  const spotOf = (event) => event.target.closest?.(".spot");

  document.querySelectorAll(".spot title").forEach((title) => title.remove()); // else both would be shown
  document.addEventListener("pointerover", (event) => { const spot = spotOf(event); if (spot) show(spot); else hide(); });
  document.addEventListener("focusin", (event) => { const spot = spotOf(event); if (spot) show(spot); else hide(); });
  document.addEventListener("scroll", hide, true);
  document.addEventListener("keydown", (event) => {
    const spot = spotOf(event);
    if (!spot) return;
    const spots = [...spot.parentNode.querySelectorAll(".spot")];
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -spots.length, End: spots.length }[event.key];
    if (event.key === "Escape") hide();
    if (!step) return;
    event.preventDefault();
    const next = spots[Math.min(Math.max(0, spots.indexOf(spot) + step), spots.length - 1)];
    spot.tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    show(next);
  });
})();

"use strict";
// The page is whole without this script; it adds filters, two-way highlighting and, on narrow screens, a sheet.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const margin = document.querySelector(".margin");
  const peek = document.querySelector(".peek");
  const tools = document.querySelector(".tools");
  const cards = all(".card");
  const cardOf = (number) => document.getElementById(`finding-${number}`);
  const placeOf = (number) => document.getElementById(`at-${number}`);
  const narrow = matchMedia("(max-width: 999px)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const behavior = () => (calm.matches ? "auto" : "smooth");
  let current = null;

  function activate(number) {
    all(".active").forEach((element) => element.classList.remove("active"));
    current = number;
    const place = placeOf(number);
    if (!place) return;
    cardOf(number).classList.add("active");
    place.classList.add("active");
    all(`.noted[data-notes~="${number}"]`).forEach((element) => element.classList.add("active"));
    if (place.dataset.lines) {
      const [first, last] = place.dataset.lines.split("-").map(Number);
      all(".line").forEach((line) => {
        const index = Number(line.dataset.line);
        line.classList.toggle("active", index >= first && index <= last);
      });
    }
  }

  function scrollMargin(card) {
    const top = card.offsetTop - margin.querySelector(".margin-head").offsetHeight - 12;
    margin.scrollTo({ top, behavior: behavior() });
  }

  function showPlace(number) {
    const place = placeOf(number);
    activate(number);
    place.scrollIntoView({ block: "center", behavior: behavior() });
    place.focus({ preventScroll: true });
    history.replaceState(null, "", `#at-${number}`);
  }

  function showCard(number) {
    const card = cardOf(number);
    activate(number);
    if (card.hidden) clearFilters();
    if (narrow.matches) {
      openPeek(card);
    } else {
      scrollMargin(card);
      card.focus({ preventScroll: true });
    }
  }

  function openPeek(card) {
    const copy = document.createElement("div");
    copy.className = card.className;
    copy.append(...Array.from(card.childNodes, (node) => node.cloneNode(true)));
    const same = copy.querySelector("[data-card]");
    if (same) {
      const first = cardOf(same.dataset.card);
      same.parentElement.replaceWith(...all(".why, .mend", first).map((element) => element.cloneNode(true)));
    }
    const bar = document.createElement("p");
    bar.className = "peek-bar";
    [["上一条", () => step(-1)], ["下一条", () => step(1)], ["关闭", closePeek]].forEach(([label, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", act);
      bar.append(button);
    });
    peek.replaceChildren(copy, bar);
    peek.hidden = false;
    peek.focus({ preventScroll: true });
  }

  function closePeek() {
    if (peek.hidden) return;
    peek.hidden = true;
    if (current) placeOf(current).focus({ preventScroll: true });
  }

  function step(by) {
    const shown = cards.filter((card) => !card.hidden);
    if (!shown.length) return;
    const index = shown.findIndex((card) => card.dataset.number === current);
    const next = shown[index < 0 ? (by > 0 ? 0 : shown.length - 1) : (index + by + shown.length) % shown.length];
    showPlace(next.dataset.number);
    if (narrow.matches) openPeek(next);
    else scrollMargin(next);
  }

  const severities = () => all("[data-severity][aria-pressed]", tools);

  function filter() {
    const on = new Set(severities().filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.severity));
    const dimension = tools.querySelector("select").value;
    let shown = 0;
    cards.forEach((card) => {
      card.hidden = !on.has(card.dataset.severity) || (dimension !== "" && card.dataset.dimension !== dimension);
      placeOf(card.dataset.number).classList.toggle("off", card.hidden);
      shown += card.hidden ? 0 : 1;
    });
    document.querySelector(".margin .none").hidden = shown > 0;
  }

  function clearFilters() {
    severities().forEach((button) => button.setAttribute("aria-pressed", "true"));
    tools.querySelector("select").value = "";
    filter();
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("button, select, input, label, summary, form")) return;
    const link = target.closest("a");
    if (!link) {
      const noted = target.closest(".noted");
      if (noted && String(getSelection()) === "") {
        const numbers = noted.dataset.notes.split(" ").filter((number) => !cardOf(number).hidden);
        if (numbers.length) showCard(numbers[(numbers.indexOf(current) + 1) % numbers.length]);
        return;
      }
      const card = target.closest(".card[id]");
      if (card && String(getSelection()) === "") showPlace(card.dataset.number);
      return;
    }
    const hash = link.getAttribute("href") || "";
    const number = (hash.match(/^#(?:at|finding)-(\d+)$/) || [])[1];
    if (!number) return;
    event.preventDefault();
    if (hash.startsWith("#at-")) {
      if (link.closest(".peek")) peek.hidden = true;
      showPlace(number);
      if (!narrow.matches && !link.closest(".margin")) scrollMargin(cardOf(number));
    } else {
      showCard(number);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePeek();
  });

  if (tools) {
    tools.hidden = false;
    severities().forEach((button) =>
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        filter();
      }),
    );
    tools.querySelector("select").addEventListener("change", filter);
    all("[data-step]", tools).forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step))));
  }

  const report = document.getElementById("report");
  all(".legend input").forEach((input) => {
    input.hidden = false;
    input.addEventListener("change", () => report.classList.toggle(`without-${input.value}`, !input.checked));
  });

  const links = new Map(all(".outline a").map((link) => [link.getAttribute("href").slice(1), link]));
  const seen = new IntersectionObserver(
    (entries) =>
      entries.forEach((entry) => {
        const link = links.get(entry.target.id);
        if (!link) return;
        if (entry.isIntersecting) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }),
    { rootMargin: "-30% 0px -60% 0px" },
  );
  all(".part").forEach((part) => seen.observe(part));

  const linked = location.hash.match(/^#(?:at|finding)-(\d+)$/);
  if (linked && cardOf(linked[1])) activate(linked[1]);
})();

"use strict";
// Pages are whole without this script; it remembers, for this tab only, the name that decisions are signed with.
(() => {
  const names = document.querySelectorAll("input[name=by]");
  const known = sessionStorage.getItem("by") || "";
  names.forEach((input) => {
    if (!input.value) input.value = known;
    input.addEventListener("change", () => {
      sessionStorage.setItem("by", input.value.trim());
      names.forEach((other) => {
        other.value = input.value;
      });
    });
  });
  // The place that the address names may stand in something that is closed.
  const open = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    for (let up = place.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
    place.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", open);
  open();
})();

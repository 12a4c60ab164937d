// On a small screen the page of a map begins with what can be read there: the topics or the sentences.
"use strict";

const first = document.querySelector("[data-phone-first]");
if (first && window.matchMedia("(max-width: 40em)").matches) {
  document.querySelector(".map").before(first);
}

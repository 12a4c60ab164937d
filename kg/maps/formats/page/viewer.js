/* A map on a page: zoom, drag, follow links with the arrow keys, see who said what. Without it the picture and the words stay. */
(function () {
  "use strict";
  var stage = document.querySelector(".stage");
  if (!stage) { return; }
  var view = stage.querySelector(".view"), svg = view.querySelector("svg"), told = stage.querySelector(".told");
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)"), tools = stage.querySelector(".tools");
  var narrowest = 800, zoom = 1, lines = [], concepts = {}, drag = null;

  function each(list, work) { Array.prototype.forEach.call(list, work); }
  function stop(id) { var g = document.getElementById(id); return g.closest("a") || g; }

  /* ── Zoom and drag: the picture grows inside a box that scrolls, so that touch and focus scroll it as usual. ── */
  function base() { return Math.max(view.clientWidth, Math.min(narrowest, svg.viewBox.baseVal.width)); }
  function fit() { return Math.min(1, view.clientWidth / base()); }
  function zoomTo(wanted, x, y) {
    var box = svg.getBoundingClientRect(), frame = view.getBoundingClientRect();
    x = x === undefined ? frame.left + frame.width / 2 : x;
    y = y === undefined ? frame.top + frame.height / 2 : y;
    var right = (x - box.left) / box.width, down = (y - box.top) / box.height;
    zoom = Math.min(6, Math.max(fit(), wanted));
    svg.style.width = base() * zoom + "px";
    box = svg.getBoundingClientRect();
    view.scrollLeft += box.left + right * box.width - x;
    view.scrollTop += box.top + down * box.height - y;
  }
  view.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) { return; }
    event.preventDefault();
    zoomTo(zoom * Math.pow(1.0015, -event.deltaY), event.clientX, event.clientY);
  }, { passive: false });
  view.addEventListener("pointerdown", function (event) {
    if (event.button === 0 && event.pointerType === "mouse") {
      drag = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, moved: false };
    }
  });
  window.addEventListener("pointermove", function (event) {
    if (!drag) { return; }
    var dx = event.clientX - drag.x, dy = event.clientY - drag.y;
    if (!drag.moved && Math.abs(dx) + Math.abs(dy) > 4) { drag.moved = true; view.classList.add("dragged"); }
    if (drag.moved) { view.scrollLeft = drag.left - dx; view.scrollTop = drag.top - dy; }
  });
  window.addEventListener("pointerup", function () {
    view.classList.remove("dragged");
    setTimeout(function () { drag = null; });
  });
  view.addEventListener("click", function (event) { if (drag && drag.moved) { event.preventDefault(); } }, true);
  view.addEventListener("dragstart", function (event) { event.preventDefault(); });
  window.addEventListener("resize", function () { zoomTo(zoom); });

  /* ── What is chosen, and what is told about it ── */
  function choose(ids, content) {
    each(svg.querySelectorAll(".on"), function (g) { g.classList.remove("on"); });
    svg.classList.toggle("chosen", ids.length > 0);
    stage.classList.toggle("telling", ids.length > 0);
    ids.forEach(function (id) {
      var g = document.getElementById(id), words = g.getAttribute("data-words");
      g.classList.add("on");
      /* The words of an arrow that shares them stand with another one. */
      if (words) { document.getElementById(words).classList.add("on"); }
    });
    told.textContent = "";
    told.appendChild(content);
    told.scrollTop = 0;
  }
  function copies(items) {
    var list = document.createElement("ul");
    items.forEach(function (line) {
      var item = document.createElement("li");
      each(line.item.cloneNode(true).childNodes, function (node) { item.appendChild(node.cloneNode(true)); });
      list.appendChild(item);
    });
    return list;
  }
  function nothing() {
    var hint = document.createElement("p");
    hint.textContent = told.dataset.hint;
    choose([], hint);
  }
  function chooseConcept(id) {
    var mine = lines.filter(function (line) { return line.from === id || line.to === id; });
    var content = document.createDocumentFragment(), heading = document.createElement("p");
    heading.textContent = concepts[id].told;
    heading.className = "about";
    content.appendChild(heading);
    content.appendChild(copies(mine));
    var ids = [id];
    mine.forEach(function (line) { ids.push(line.id, line.from, line.to); });
    choose(ids, content);
  }
  function chooseLine(line) { choose([line.id, line.from, line.to], copies([line])); }

  /* ── Arrow keys: to the linked concept that lies most nearly in that direction ── */
  var keys = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function middle(id) {
    var box = document.getElementById(id).querySelector("rect").getBBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }
  function beside(id, way) {
    var here = middle(id), best = null, least = Infinity;
    lines.forEach(function (line) {
      var other = line.from === id ? line.to : line.to === id ? line.from : null;
      if (!other) { return; }
      var there = middle(other), dx = there[0] - here[0], dy = there[1] - here[1], length = Math.hypot(dx, dy) || 1;
      var along = (dx * way[0] + dy * way[1]) / length;
      if (along > 0.25 && length * (2.2 - along) < least) { least = length * (2.2 - along); best = other; }
    });
    return best;
  }
  function goTo(id) {
    var to = stop(id);
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  }

  each(svg.querySelectorAll(".concept"), function (g) {
    var where = stop(g.id);
    concepts[g.id] = { told: g.querySelector("title").textContent };
    where.setAttribute("tabindex", "0");
    where.addEventListener("focus", function () { chooseConcept(g.id); });
    where.addEventListener("keydown", function (event) {
      var way = keys[event.key], next = way && beside(g.id, way);
      if (way) { event.preventDefault(); }
      if (next) { goTo(next); }
    });
    g.addEventListener("pointerenter", function () { if (!drag) { chooseConcept(g.id); } });
  });
  each(document.querySelectorAll("li[data-line]"), function (item) {
    var line = { item: item, id: item.dataset.line, from: item.dataset.from, to: item.dataset.to };
    lines.push(line);
    /* Tab goes from concept to concept; the claims are in the text under the map. */
    var link = document.getElementById(line.id).closest("a");
    if (link) { link.setAttribute("tabindex", "-1"); }
    document.getElementById(line.id).addEventListener("pointerenter", function () { if (!drag) { chooseLine(line); } });
  });
  each(svg.querySelectorAll("title"), function (title) { if (title.parentNode !== svg) { title.remove(); } });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "Escape") { nothing(); }
    /* Single keys work on the map alone (WCAG 2.2, 2.1.4): elsewhere they may be meant for a field of the page. */
    if (!stage.contains(document.activeElement)) { return; }
    if (event.key === "+" || event.key === "=") { zoomTo(zoom * 1.25); }
    if (event.key === "-") { zoomTo(zoom / 1.25); }
    if (event.key === "0") { zoomTo(fit()); }
  });
  each(tools.querySelectorAll("button"), function (button) {
    button.addEventListener("click", function () {
      var by = Number(button.dataset.zoom);
      zoomTo(by ? zoom * by : fit());
    });
  });
  stage.classList.add("scripted");
  tools.hidden = false;
  nothing();
  zoomTo(1);
})();

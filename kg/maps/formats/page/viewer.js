/* A map on a page: zoom, drag, follow links with the arrow keys, see who said what. Without it the picture and the words stay.
   `walk.js` goes on from here. */
(function () {
  "use strict";
  var stage = document.querySelector(".stage");
  if (!stage) { return; }
  var view = stage.querySelector(".view"), svg = view.querySelector("svg"), told = stage.querySelector(".told");
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)"), tools = stage.querySelector(".tools");
  var air = 12, zoom = 1, lines = [], concepts = {}, drag = null, pinned = null;
  var viewer = stage.viewer = { lines: lines, concepts: concepts, rest: rest, stop: stop };

  var page = svg.viewBox.baseVal, whole = { x: page.x, y: page.y, width: page.width, height: page.height };

  function each(list, work) { Array.prototype.forEach.call(list, work); }
  function stop(id) { var g = document.getElementById(id); return g.closest("a") || g; }

  /* ── Zoom and drag: the picture grows inside a box that scrolls, so that touch and focus scroll it as usual. ── */
  /* The width at which the whole map is seen: in its box, and while it is told step by step no higher either. */
  function base() {
    var page = svg.viewBox.baseVal, wide = view.clientWidth;
    return stage.classList.contains("walking") ? Math.min(wide, view.clientHeight * page.width / page.height) : wide;
  }
  function zoomTo(wanted, x, y) {
    var box = svg.getBoundingClientRect(), frame = view.getBoundingClientRect();
    x = x === undefined ? frame.left + frame.width / 2 : x;
    y = y === undefined ? frame.top + frame.height / 2 : y;
    var right = (x - box.left) / box.width, down = (y - box.top) / box.height;
    zoom = Math.min(8, Math.max(1, wanted));
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
  window.addEventListener("resize", function () {
    if (stage.classList.contains("walking")) { viewer.rest(); } else { zoomTo(zoom); }
  });

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
  /* While a map is told step by step a pointer that rests on it does not take the place of what is told. */
  function onPointer(g, show) {
    g.addEventListener("pointerenter", function () {
      if (!drag && !pinned && !stage.classList.contains("walking")) { show(); }
    });
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
  function paragraph(words, kind) {
    var made = document.createElement("p");
    made.textContent = words;
    if (kind) { made.className = kind; }
    return made;
  }
  function rest() { choose([], paragraph(told.dataset.hint)); }
  function nothing() { pin(null); viewer.rest(); }
  function chooseConcept(id) {
    var mine = lines.filter(function (line) { return (line.from === id || line.to === id) && !line.ahead; });
    var content = document.createDocumentFragment();
    content.appendChild(paragraph(concepts[id].told, "about"));
    content.appendChild(copies(mine));
    var ids = [id];
    mine.forEach(function (line) { ids.push(line.id, line.from, line.to); });
    choose(ids, content);
  }
  function chooseLine(line) { choose([line.id, line.from, line.to], copies([line])); }

  /* ── The first click or Enter pins a box or an arrow with what is told about it, the second goes to its page ── */
  function pin(id) {
    each(svg.querySelectorAll(".pinned"), function (g) { g.classList.remove("pinned"); });
    pinned = id;
    stage.classList.toggle("pinning", id !== null);
    if (id === null) { return; }
    document.getElementById(id).classList.add("pinned");
    var link = stop(id), close = document.createElement("button"), more = document.createElement("p");
    if (link.href) {
      var onward = document.createElement("a");
      onward.href = link.getAttribute("href");
      onward.textContent = "Go to its page";
      more.appendChild(onward);
    }
    close.type = "button";
    close.textContent = "Close";
    close.addEventListener("click", function () {
      stop(id).focus({ preventScroll: true });
      nothing();
    });
    more.appendChild(close);
    more.className = "kept";
    told.insertBefore(more, told.firstChild);
  }
  function onClick(id, show) {
    stop(id).addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || pinned === id) { return; }
      event.preventDefault();
      show();
      pin(id);
    });
  }
  view.addEventListener("click", function (event) {
    if (pinned && !event.target.closest("svg a, .concept, .proposition")) { nothing(); }
  });

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
    where.addEventListener("focus", function () {
      if (pinned === g.id) { return; }
      pin(null);
      chooseConcept(g.id);
    });
    onClick(g.id, function () { chooseConcept(g.id); });
    where.addEventListener("keydown", function (event) {
      var way = keys[event.key], next = way && beside(g.id, way);
      if (way) { event.preventDefault(); }
      if (next) { goTo(next); }
    });
    onPointer(g, function () { chooseConcept(g.id); });
  });
  each(document.querySelectorAll("li[data-line]"), function (item) {
    var line = { item: item, id: item.dataset.line, from: item.dataset.from, to: item.dataset.to };
    line.step = Number(item.dataset.step);
    lines.push(line);
    /* Tab goes from concept to concept; the claims are in the text under the map. */
    var link = document.getElementById(line.id).closest("a");
    if (link) { link.setAttribute("tabindex", "-1"); }
    onPointer(document.getElementById(line.id), function () { chooseLine(line); });
    onClick(line.id, function () { chooseLine(line); });
  });
  each(svg.querySelectorAll("title"), function (title) { if (title.parentNode !== svg) { title.remove(); } });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "Escape") { nothing(); }
    /* Single keys work on the map alone (WCAG 2.2, 2.1.4): elsewhere they may be meant for a field of the page. */
    if (!stage.contains(document.activeElement)) { return; }
    if (event.key === "+" || event.key === "=") { zoomTo(zoom * 1.25); }
    if (event.key === "-") { zoomTo(zoom / 1.25); }
    if (event.key === "0") { zoomTo(1); }
  });
  each(tools.querySelectorAll("[data-zoom]"), function (button) {
    button.addEventListener("click", function () {
      var by = Number(button.dataset.zoom);
      zoomTo(by ? zoom * by : 1);
    });
  });
  viewer.show = function (heading, shown) {
    var content = document.createDocumentFragment();
    content.appendChild(paragraph(heading, "at"));
    if (shown.length) { content.appendChild(copies(shown)); }
    pin(null);
    choose([], content);
  };
  /* What parts of the map take up, in its own units. */
  function extent(groups) {
    var left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    groups.forEach(function (g) {
      var box = g.getBBox();
      left = Math.min(left, box.x);
      top = Math.min(top, box.y);
      right = Math.max(right, box.x + box.width);
      bottom = Math.max(bottom, box.y + box.height);
    });
    return { x: left - air, y: top - air, width: right - left + 2 * air, height: bottom - top + 2 * air };
  }
  /* Show some parts whole and, where there is room for that, with letters of so many px; as much around them as can be. */
  viewer.reveal = function (ids, legible) {
    var words = ids.map(function (id) { return document.getElementById(id).getAttribute("data-words"); });
    var groups = ids.concat(words.filter(Boolean)).map(function (id) { return document.getElementById(id); });
    var part = extent(groups), page = svg.viewBox.baseVal, letters = Infinity;
    groups.forEach(function (g) {
      each(g.querySelectorAll("text"), function (text) { letters = Math.min(letters, text.getAttribute("font-size")); });
    });
    var near = Math.min(view.clientWidth / part.width, view.clientHeight / part.height, legible / letters);
    zoomTo(near * page.width / base());
    var scale = base() * zoom / page.width;
    view.scrollLeft = (part.x + part.width / 2 - page.x) * scale - view.clientWidth / 2;
    view.scrollTop = (part.y + part.height / 2 - page.y) * scale - view.clientHeight / 2;
  };
  /* The page of the map, or its title, boxes and arrows alone. */
  viewer.crop = function (cropped) {
    var page = whole;
    if (cropped) { page = extent([].slice.call(svg.querySelectorAll(".title, .concept, .proposition"))); }
    svg.setAttribute("viewBox", [page.x, page.y, page.width, page.height].join(" "));
    svg.setAttribute("width", page.width);
    svg.setAttribute("height", page.height);
  };
  viewer.fit = function () { zoomTo(1); };
  stage.classList.add("scripted");
  tools.hidden = false;
  nothing();
  zoomTo(1);
})();

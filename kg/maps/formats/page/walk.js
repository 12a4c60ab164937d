/* A map told step by step: Back and Next, Space and the arrow keys, an address for each step, and the whole screen. */
(function () {
  "use strict";
  var stage = document.querySelector(".stage"), walk = stage && stage.querySelector(".tools .walk");
  if (!walk || !stage.viewer) { return; }
  var viewer = stage.viewer, last = Number(stage.dataset.steps), start = stage.dataset.start, step = null;
  var at = walk.querySelector(".at"), link = walk.querySelector("a"), present = stage.querySelector("[data-present]");
  var toldAt = {}, calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  Object.keys(viewer.concepts).forEach(function (id) { toldAt[id] = id === start ? 0 : last; });
  viewer.lines.forEach(function (line) {
    toldAt[line.id] = line.step;
    [line.from, line.to].forEach(function (id) { toldAt[id] = Math.min(toldAt[id], line.step); });
  });

  function address(number) {
    if (!stage.dataset.address) { return number === null ? "#" : "#step=" + number; }
    return number === null ? stage.dataset.all : stage.dataset.address.replace(/([?&]step=)\d+/, "$1" + number);
  }
  function stand(id) {
    var g = document.getElementById(id), to = viewer.stop(id), ahead = step !== null && toldAt[id] > step;
    g.classList.toggle("pale", ahead);
    g.classList.toggle("newest", step !== null && step > 0 && toldAt[id] === step);
    [g, to].forEach(function (each) {
      if (ahead) { each.setAttribute("aria-hidden", "true"); } else { each.removeAttribute("aria-hidden"); }
    });
    if (id in viewer.concepts) { to.setAttribute("tabindex", ahead ? "-1" : "0"); }
  }
  function go(number, quietly) {
    var begins = step === null && number !== null;
    step = number === null ? null : Math.max(0, Math.min(last, number));
    viewer.lines.forEach(function (line) { line.ahead = step !== null && line.step > step; });
    Object.keys(toldAt).forEach(stand);
    at.textContent = step === null ? last + (last === 1 ? " step" : " steps") : step === 0 ? "Start" : step + " of " + last;
    walk.querySelector("[data-go='-1']").setAttribute("aria-disabled", step === null || step === 0 ? "true" : "false");
    walk.querySelector("[data-go='1']").setAttribute("aria-disabled", step === last ? "true" : "false");
    walk.querySelector("[data-go='all']").hidden = link.hidden = step === null;
    stage.classList.toggle("walking", step !== null);
    link.href = address(step);
    if (step === null) { viewer.fit(); }
    viewer.rest();
    if (begins) { stage.scrollIntoView({ block: "start", behavior: calm.matches || quietly ? "auto" : "smooth" }); }
    if (quietly) { return; }
    /* The rest of the page shows the step that it was loaded with, and says so. */
    [].forEach.call(document.querySelectorAll("[data-moved-on]"), function (note) {
      note.hidden = false;
      note.querySelector("a").href = address(step);
    });
    /* Some frames and files may not name their place. */
    try { if (window === window.parent) { history.replaceState(null, "", address(step)); } } catch (error) { return; }
  }
  var hint = viewer.rest;
  viewer.rest = function () {
    if (step === null) { hint(); return; }
    var now = viewer.lines.filter(function (line) { return line.step === step; });
    viewer.show(step === 0 ? "Begin with: " + stage.dataset.begin : "Step " + step + " of " + last, now);
    /* It begins with the whole map, and goes close up to each step. */
    if (step === 0) { viewer.fit(); return; }
    viewer.reveal([].concat.apply([], now.map(function (line) { return [line.from, line.id, line.to]; })),
      stage.classList.contains("presenting") ? Math.max(18, 0.032 * window.innerHeight) : 15);
  };
  function on(by) {
    if (step === null) { go(0); } else { go(step + by); }
  }

  [].forEach.call(walk.querySelectorAll("[data-go]"), function (button) {
    button.addEventListener("click", function () {
      if (button.getAttribute("aria-disabled") === "true") { return; }
      if (button.dataset.go === "all") { go(null); walk.querySelector("[data-go='1']").focus(); } else { on(Number(button.dataset.go)); }
    });
  });
  document.addEventListener("keydown", function (event) {
    var here = document.activeElement, within = stage.contains(here), shown = document.fullscreenElement === stage;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || step === null) { return; }
    if (!within && here !== document.body && here !== null) { return; }
    var by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    /* The keys of a presenter's remote control, which elsewhere turn the page. */
    if (shown && !by) { by = { PageDown: 1, PageUp: -1 }[event.key]; }
    /* Space presses the button that it is on. */
    if (event.key === " " && (within || shown) && !here.closest("button, .told a")) { by = event.shiftKey ? -1 : 1; }
    if (by) { event.preventDefault(); on(by); }
  });

  if (document.fullscreenEnabled && stage.requestFullscreen) {
    present.hidden = false;
    present.addEventListener("click", function () {
      if (document.fullscreenElement) { document.exitFullscreen(); return; }
      stage.requestFullscreen().then(function () {
        if (step === null) { go(0); }
        walk.querySelector("[data-go='1']").focus();
      }, function () { present.hidden = true; });
    });
    document.addEventListener("fullscreenchange", function () {
      var shown = document.fullscreenElement === stage;
      stage.classList.toggle("presenting", shown);
      present.textContent = shown ? "Leave full screen" : "Present";
      viewer.crop(shown);
      viewer.rest();
    });
  }
  var asked = /^#step=(\d{1,5})$/.exec(location.hash);
  walk.hidden = false;
  go(asked ? Number(asked[1]) : stage.dataset.step === undefined ? null : Number(stage.dataset.step), true);
})();

(function () {
  "use strict";
  var body = document.body;
  var queue = document.getElementById("queue");
  var list = document.getElementById("list");
  var said = document.getElementById("said");
  var current = document.querySelector("main.one");
  var lastRow = null;
  var home = document.title;

  function all(root, selector) {
    return Array.prototype.slice.call(root.querySelectorAll(selector));
  }
  function calm() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  /* One report at a time; the address says which and where in it. */
  function close() {
    if (current && queue) {
      current.classList.remove("open");
      current = null;
    }
    body.classList.remove("reading");
    document.title = home;
    if (lastRow) {
      lastRow.focus({ preventScroll: true });
      lastRow.scrollIntoView({ block: "center" });
    }
  }
  function open(report) {
    if (current === report) return;
    if (current) current.classList.remove("open");
    current = report;
    report.open = true;
    report.classList.add("open");
    body.classList.add("reading");
    window.scrollTo(0, 0);
    var title = report.querySelector("h2");
    document.title = title.textContent;
    title.focus({ preventScroll: true });
    lastRow = list ? list.querySelector('a[href="#' + report.id + '"]') : null;
  }
  function go() {
    var hash = decodeURIComponent(location.hash.slice(1));
    var parts = /^(r\d+)(?:-([sfcm])(\d+)(?:-(\d+))?)?$/.exec(hash);
    var report = parts && document.getElementById(parts[1]);
    if (!report) {
      if (queue) close();
      return;
    }
    open(report);
    var place = parts[2] && document.getElementById(hash);
    if (!place) return;
    if (parts[2] === "f" || parts[2] === "c") select(parts[3], place);
    else flash(place);
  }
  function flash(place) {
    place.scrollIntoView({ block: "center", behavior: calm() });
    var shown = place.parentElement;
    shown.classList.add("here");
    window.setTimeout(function () { shown.classList.remove("here"); }, 1600);
  }

  /* One finding at a time: its card and its places in the text. */
  function select(number, place) {
    all(current, ".on").forEach(function (node) {
      node.classList.remove("on");
      node.removeAttribute("aria-current");
    });
    var card = document.getElementById(current.id + "-c" + number);
    if (!card) return;
    card.classList.add("on");
    card.setAttribute("aria-current", "true");
    all(current, 'mark[data-f~="' + number + '"], a.no[data-n="' + number + '"]').forEach(function (node) {
      node.classList.add("on");
    });
    var spot = place && place !== card ? place : document.getElementById(current.id + "-f" + number + "-0");
    card.scrollIntoView({ block: "nearest", behavior: "auto" });
    if (spot) spot.scrollIntoView({ block: "center", behavior: "auto" });
    card.focus({ preventScroll: true });
  }
  function step(by) {
    if (!current) return;
    var cards = all(current, ".card[data-f]");
    if (!cards.length) return;
    var at = cards.findIndex(function (card) { return card.classList.contains("on"); });
    var next = at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by;
    if (next < 0 || next >= cards.length) {
      said.textContent = by > 0 ? "已是最后一条发现" : "已是第一条发现";
      return;
    }
    select(cards[next].getAttribute("data-f"));
  }

  /* Layers; all reports share them. */
  function toggle(layer) {
    var off = body.classList.toggle("no-" + layer);
    all(document, '[data-layer="' + layer + '"]').forEach(function (button) {
      button.setAttribute("aria-pressed", off ? "false" : "true");
    });
  }

  document.addEventListener("click", function (event) {
    var node = event.target.closest("[data-layer], [data-step], a[href^='#r'], mark");
    if (!node) return;
    if (node.dataset.layer) toggle(node.dataset.layer);
    else if (node.dataset.step) step(Number(node.dataset.step));
    else if (node.tagName === "MARK") { if (current) select(node.dataset.f.split(" ")[0], node); }
    else if (node.getAttribute("href") === location.hash) go();
  });
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea")) return;
    if (body.classList.contains("no-keys") || !current) return;
    var link = null;
    if (event.code === "KeyJ" || event.code === "KeyK") {
      var by = event.code === "KeyJ" ? 1 : -1;
      if (!event.shiftKey) step(by);
      else link = current.querySelector(by > 0 ? "a.next" : "a.prev");
    } else if (event.code === "Escape") link = current.querySelector("a.back");
    else if (/^(Digit|Numpad)[123]$/.test(event.code)) toggle(["sections", "findings", "claims"][event.code.slice(-1) - 1]);
    else return;
    event.preventDefault();
    if (link) link.click();
  });

  /* The queue: filter and order. */
  var form = document.getElementById("filter");
  function arrange() {
    var rows = all(list.tBodies[0], "tr");
    var words = form.words.value.trim().toLowerCase().split(/\s+/);
    var shown = 0;
    rows.forEach(function (row) {
      var d = row.dataset;
      var hit = (!form.band.value || d.band === form.band.value) &&
        (!form.rule.value || d.rules.split(" ").indexOf(form.rule.value) >= 0) &&
        words.every(function (word) { return d.words.toLowerCase().indexOf(word) >= 0; });
      row.hidden = !hit;
      if (hit) shown += 1;
    });
    document.getElementById("shown").textContent = shown + " 份";
  }
  function order() {
    var key = form.order.value;
    var rows = all(list.tBodies[0], "tr");
    rows.sort(function (a, b) {
      var first = 0;
      if (key === "agency") first = a.dataset.agency.localeCompare(b.dataset.agency, "zh-CN");
      else if (key !== "rank") first = b.dataset[key] - a.dataset[key];
      return first || a.dataset.rank - b.dataset.rank;
    });
    rows.forEach(function (row) { list.tBodies[0].appendChild(row); });
  }
  if (form) {
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", arrange);
    form.order.addEventListener("change", order);
    order();
    arrange();
  }
  window.addEventListener("hashchange", go);
  go();
})();

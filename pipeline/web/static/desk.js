"use strict";
// One script for all pages. Requests go out one after another, so that a burst of keys is decided in its order.
(() => {
  const csrf = document.querySelector('meta[name="csrf"]').content;
  const live = document.getElementById("live");
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  let quiet = 0;

  function say(text, bad = false) {
    live.textContent = text;
    live.classList.toggle("bad", bad);
    clearTimeout(quiet);
    if (!bad) quiet = setTimeout(() => { live.textContent = ""; }, 3000);
  }

  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  // A dropped connection is tried again: the same request twice is one decision.
  async function send(path, body, method = "POST") {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await fetch(path, {
          method, credentials: "same-origin",
          headers: { "content-type": "application/json", "x-csrf-token": csrf, accept: "application/json" },
          body: body === undefined ? undefined : JSON.stringify(body),
        });
        const told = await answer.json().catch(() => ({}));
        if (answer.status === 401) { location.href = "/login?to=" + encodeURIComponent(location.pathname); }
        return { ok: answer.ok, status: answer.status, told };
      } catch (error) {
        if (attempt >= 4) return { ok: false, status: 0, told: { message: "连不上服务器，刚才的操作还没有保存。请检查网络后重试。" } };
        say("连接中断，正在重试……", true);
        await wait(500 * 2 ** attempt);
      }
    }
  }

  let line = Promise.resolve();
  const queued = (work) => { line = line.then(work, work); return line; };

  const typing = (event) => event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey
    || event.target.closest("input, textarea, select, dialog, [contenteditable]");

  function keys(table) {
    document.addEventListener("keydown", (event) => {
      if (typing(event)) return;
      const name = (event.shiftKey ? "Shift+" : "") + event.code;
      const act = table[name] || table[event.code === "Slash" && event.shiftKey ? "Question" : name];
      if (act) { event.preventDefault(); act(event); }
    });
  }

  const lines = $$("[data-line]");
  if (document.body.classList.contains("queue")) {
    let at = -1;
    const move = (step) => {
      if (!lines.length) return;
      at = Math.max(0, Math.min(lines.length - 1, at + step));
      lines.forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
      $("a", lines[at]).focus();
      lines[at].scrollIntoView({ block: "nearest" });
    };
    keys({
      KeyJ: () => move(1), ArrowDown: () => move(1), KeyK: () => move(-1), ArrowUp: () => move(-1),
      KeyN: () => { const next = $("#next"); if (next) next.requestSubmit(); }, Slash: () => $("#search").focus(),
    });
  }

  const report = $("#report");
  if (report) {
    const id = report.dataset.report;
    const base = "/reports/" + id;
    const cards = $$("[data-finding]");
    const words = { accepted: "已采纳", rejected: "已驳回", unsure: "存疑", corrected: "已更正" };
    let now = -1;

    const paint = (card) => {
      const verdict = card.dataset.verdict;
      const reason = $(`[data-reason="${card.dataset.reason}"]`, card);
      $("[data-verdict-text]", card).textContent = words[verdict] ? words[verdict] + (verdict === "rejected" && reason ? "：" + reason.textContent.slice(1) : "") : "";
      $("#left").textContent = String(cards.filter((one) => !words[one.dataset.verdict]).length);
    };
    const go = (at) => {
      if (!cards.length) return;
      now = Math.max(0, Math.min(cards.length - 1, at));
      cards.forEach((card, i) => card.classList.toggle("current", i === now));
      cards[now].scrollIntoView({ block: "nearest" });
      $$("#text mark.now").forEach((mark) => mark.classList.remove("now"));
      const number = cards[now].dataset.number;
      $$("#text mark").forEach((mark) => { if (mark.dataset.f.split(" ").includes(number)) mark.classList.add("now"); });
      const place = document.getElementById(`r1-f${number}-0`);
      if (place) place.scrollIntoView({ block: "center" });
    };
    const side = (n) => {
      if (now < 0) return;
      const place = document.getElementById(`r1-f${cards[now].dataset.number}-${n}`);
      if (place) place.scrollIntoView({ block: "center" });
    };
    const put = (card, decision) => {
      card.dataset.verdict = decision.verdict; card.dataset.decision = decision.id; card.dataset.reason = decision.reason || "";
      paint(card);
    };
    const decide = (card, verdict, reason = null) => {
      const before = { verdict: card.dataset.verdict, id: card.dataset.decision, reason: card.dataset.reason };
      // The page moves on at once; the answer, when it comes, sets right what was not taken.
      card.dataset.verdict = verdict; card.dataset.reason = reason || ""; paint(card);
      $(".reasons", card).hidden = true;
      const box = $(".comment", card);
      const comment = box.hidden ? null : $("textarea", box).value;
      return queued(async () => {
        const body = { finding: card.dataset.finding, verdict, reason, comment, expect: before.id || null };
        body.expect = card.dataset.decision || null;
        const answer = await send(base + "/decide", body);
        if (answer.ok) { put(card, answer.told); say("已保存"); return; }
        if (answer.told.decision) put(card, answer.told.decision); else put(card, before);
        say(answer.told.message || "没有保存。请重试。", true);
      });
    };
    const turn = (which) => queued(async () => {
      const answer = await send(`${base}/${which}`);
      if (!answer.ok) { say(answer.told.message || "没有可撤销的操作。", true); return; }
      for (const decision of answer.told.decisions) {
        const card = cards.find((one) => one.dataset.finding === decision.finding);
        if (card) { put(card, decision); go(cards.indexOf(card)); }
      }
      say(which === "undo" ? "已撤销" : "已重做");
    });
    const current = () => { if (now < 0) go(0); return cards[now]; };
    const act = (verdict) => { const card = current(); if (card) { decide(card, verdict); go(now + 1); } };
    const openReasons = (card) => { const box = $(".reasons", card); box.hidden = !box.hidden; if (!box.hidden) $("button", box).focus(); };
    const openComment = (card) => { const box = $(".comment", card); box.hidden = !box.hidden; if (!box.hidden) $("textarea", box).focus(); };
    const saveComment = (card) => queued(async () => {
      const answer = await send(base + "/comment", { finding: card.dataset.finding, text: $("textarea", card).value });
      say(answer.ok ? "批注已保存" : answer.told.message, !answer.ok);
    });
    const finish = () => queued(async () => {
      const left = cards.filter((one) => !words[one.dataset.verdict]).length;
      if (left && !confirm(`还有 ${left} 条没有处理，确定完成吗？`)) return;
      const answer = await send(base + "/finish", { anyway: left > 0 });
      if (!answer.ok) { say(answer.told.message, true); return; }
      const form = document.createElement("form");
      form.method = "post"; form.action = "/next";
      const view = new URLSearchParams(report.dataset.view);
      view.set("csrf", csrf);
      for (const [name, value] of view) { const input = document.createElement("input"); input.type = "hidden"; input.name = name; input.value = value; form.append(input); }
      document.body.append(form); form.submit();
    });
    const missed = () => {
      const chosen = getSelection();
      const text = chosen ? chosen.toString().trim() : "";
      if (!text || !$("#text").contains(chosen.anchorNode)) { say("请先在正文里选中有问题的文字。", true); return; }
      const dialog = $("#ask");
      $("#asked").textContent = `选中的文字：“${text.slice(0, 80)}”。问题是什么？`;
      $("#answer").value = "";
      dialog.showModal();
      dialog.onclose = () => {
        const message = $("#answer").value.trim();
        if (dialog.returnValue !== "yes" || !message) return;
        queued(async () => {
          const answer = await send(base + "/missed", { text, message });
          say(answer.ok ? "已补充" : answer.told.message, !answer.ok);
          if (answer.ok) { const card = document.createElement("article"); card.className = "card plain"; const head = document.createElement("h3"); head.textContent = "补充的问题"; const body = document.createElement("p"); body.textContent = message; card.append(head, body); $("#added").append(card); }
        });
      };
    };

    cards.forEach((card, i) => {
      paint(card);
      card.addEventListener("click", (event) => {
        if (event.target.closest("a")) return;
        if (now !== i) go(i);
        const button = event.target.closest("button");
        if (!button) return;
        if (button.dataset.reason) { decide(card, "rejected", button.dataset.reason); go(i + 1); return; }
        const what = button.dataset.act;
        if (what === "reject") openReasons(card);
        else if (what === "comment") openComment(card);
        else if (what === "save") saveComment(card);
        else if (what) { decide(card, what); if (what !== "cleared") go(i + 1); }
      });
      const area = $("textarea", card);
      if (area) {
        let later = 0;
        area.addEventListener("input", () => { clearTimeout(later); later = setTimeout(() => saveComment(card), 1200); });
        area.addEventListener("keydown", (event) => { if (event.ctrlKey && event.code === "Enter" && !event.isComposing) { clearTimeout(later); saveComment(card); card.focus(); } });
      }
    });
    $$("[data-grade]").forEach((button) => button.addEventListener("click", () => queued(async () => {
      const answer = await send(base + "/grade", { side: button.dataset.side, grade: Number(button.dataset.grade) });
      say(answer.ok ? `已评 ${button.dataset.grade} 级` : answer.told.message, !answer.ok);
    })));
    const layer = (name) => {
      const button = $(`[data-layer="${name}"]`);
      const hidden = report.classList.toggle("hide-" + name);
      button.setAttribute("aria-pressed", String(!hidden));
    };
    $$("[data-layer]").forEach((button) => button.addEventListener("click", () => layer(button.dataset.layer)));
    const help = () => { const box = $("#keys"); box.hidden = !box.hidden; $("#help").setAttribute("aria-expanded", String(!box.hidden)); };
    const on = (name, work) => { const button = $(name); if (button) button.addEventListener("click", work); };
    on("#undo", () => turn("undo")); on("#redo", () => turn("redo")); on("#finish", finish); on("#missed", missed); on("#help", help);
    const digit = (n) => {
      const card = cards[now];
      const box = card && $(".reasons", card);
      if (box && !box.hidden) { const button = $$("button", box)[n - 1]; if (button) button.click(); return; }
      if (n <= 3) layer(["sections", "findings", "claims"][n - 1]);
    };
    const may = (work) => (event) => { if ($("#finish")) work(event); };
    const table = {
      KeyJ: () => go(now + 1), ArrowDown: () => go(now + 1), KeyK: () => go(now - 1), ArrowUp: () => go(now - 1),
      KeyA: may(() => act("accepted")), KeyU: may(() => act("unsure")), KeyX: may(() => openReasons(current())),
      KeyC: may((event) => { openComment(current()); event.preventDefault(); }), KeyZ: may(() => turn("undo")), "Shift+KeyZ": may(() => turn("redo")),
      KeyM: may(missed), KeyD: may(finish), BracketLeft: () => side(0), BracketRight: () => side(1), Question: help, "Shift+Slash": help,
      Escape: () => { const open = cards[now] && $(".reasons:not([hidden])", cards[now]); if (open) open.hidden = true; else location.href = $("#back").href; },
    };
    for (let n = 1; n <= 7; n += 1) { table["Digit" + n] = () => digit(n); table["Numpad" + n] = () => digit(n); }
    keys(table);
    if (cards.length) { now = 0; cards[0].classList.add("current"); }
    // While the page is open and used, the report stays on this desk.
    if ($("#finish")) setInterval(() => { if (document.visibilityState === "visible") fetch(base + "/lease", { method: "POST", headers: { "x-csrf-token": csrf } }).catch(() => {}); }, 300000);
  }

  const drop = $("#drop");
  if (drop) {
    const said = $("#upload-said"), bar = $("#upload-bar"), list = $("#upload-failures");
    const tell = (name, message) => { const item = document.createElement("li"); item.textContent = `${name}：${message}`; list.append(item); };
    async function upload(files) {
      if (!files.length) return;
      list.replaceChildren(); bar.hidden = false; bar.max = files.length; bar.value = 0; $("#upload-done").hidden = true;
      const begun = await fetch("/upload", { method: "POST", headers: { "x-csrf-token": csrf, "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ csrf, name: $("#batch-name").value }) });
      if (!begun.ok) { said.textContent = (await begun.json()).message; return; }
      const { batch } = await begun.json();
      for (const [at, file] of files.entries()) {
        said.textContent = `正在上传 ${at + 1} / ${files.length}`;
        const answer = await fetch(`/upload/${batch}?name=${encodeURIComponent(file.name)}`, { method: "PUT", headers: { "x-csrf-token": csrf }, body: file }).catch(() => null);
        if (!answer || !answer.ok) tell(file.name, answer ? (await answer.json()).message : "连接中断，没有传上。请重新上传这个文件。");
        bar.value = at + 1;
      }
      const started = await send(`/upload/${batch}/run`);
      if (!started.ok) { said.textContent = started.told.message; return; }
      bar.max = 2 * started.told.files;
      for (;;) {
        await wait(700);
        const told = await (await fetch(`/batches/${batch}/progress`)).json();
        bar.value = told.taken + told.done;
        said.textContent = `正在审阅 ${told.done} / ${told.total}`;
        if (told.ended) {
          said.textContent = told.problem || `审阅完成：${told.done - told.failures.length} 份，未读取 ${told.failures.length} 个。`;
          told.failures.forEach(([name, message]) => tell(name, message));
          $("#upload-done").hidden = false; bar.hidden = true;
          return;
        }
      }
    }
    async function within(entry) {
      if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
      const reader = entry.createReader();
      const found = [];
      for (;;) {
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (!some.length) return found;
        for (const one of some) found.push(...await within(one));
      }
    }
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", async (event) => {
      event.preventDefault(); drop.classList.remove("over");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
      const files = [];
      for (const entry of entries) files.push(...await within(entry));
      upload(files);
    });
    drop.addEventListener("click", () => $("#files").click());
    drop.addEventListener("keydown", (event) => { if (event.code === "Enter" || event.code === "Space") { event.preventDefault(); $("#files").click(); } });
    $("#files").addEventListener("change", (event) => upload([...event.target.files]));
    $("#folder").addEventListener("change", (event) => upload([...event.target.files]));
  }
})();

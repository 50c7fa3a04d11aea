// A section of a filing saves itself as one goes: [data-autosave] is sent whenever an answer is
// finished, stays as it is, and says what became of it. What others changed meanwhile is shown
// and taken over where this page left the answer alone. Without scripts, its button saves it.
(function () {
  "use strict";
  var script = document.currentScript.dataset;
  var form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch) return;
  var status = document.querySelector("[data-sync] .sync");
  var words = document.createElement("span");
  var said = form.querySelector("[data-said]");
  var SOON = 700, RETRY = 5000, LOOK = 10000;
  var timer = null, sending = false, again = false, unsaved = false;
  var touched = new Set();                       // names of the answers changed and not yet kept

  words.textContent = status.textContent.trim();
  Array.prototype.slice.call(status.childNodes).forEach(function (one) {
    if (one.nodeType === Node.TEXT_NODE) one.remove();
  });
  status.appendChild(words);

  function say(state, text) {
    status.dataset.state = state;
    if (words.textContent !== text) words.textContent = text;
  }

  function version(value) {
    var input = form.elements.version;
    if (value !== undefined) input.value = value;
    return input.value;
  }

  function inputs(name) {
    return Array.prototype.filter.call(form.elements, function (one) { return one.name === name; });
  }

  function note(name, text, kind) {
    var box = document.getElementById("q-" + name);
    if (!box) return;
    var id = name + "-live";
    var line = document.getElementById(id);
    if (!line && text) {
      line = document.createElement("p");
      line.id = id;
      box.appendChild(line);
    }
    if (!line) return;
    line.className = kind === "error" ? "invalid-feedback" : "hint";
    line.textContent = text;
    inputs(name).forEach(function (one) {
      if (kind !== "error") return;
      if (text) one.setAttribute("aria-invalid", "true"); else one.removeAttribute("aria-invalid");
      one.setAttribute("aria-describedby", id);
    });
  }

  function list(html, count) {
    if (!html) return;
    var box = document.querySelector("[data-needs]");
    if (box) {
      var open = Array.prototype.map.call(box.querySelectorAll("details[open] > summary"), function (one) { return one.textContent; });
      box.innerHTML = html;
      box.querySelectorAll("details > summary").forEach(function (one) {
        if (open.indexOf(one.textContent) >= 0) one.parentNode.open = true;
      });
    }
    document.querySelectorAll("[data-count]").forEach(function (one) { one.textContent = count; });
  }

  function shown(keys) {
    form.querySelectorAll("[id^='q-']").forEach(function (one) {
      one.hidden = keys.indexOf(one.id.slice(2)) < 0;
    });
  }

  function kept(answer, sent) {
    if (answer.failed) return say("failed", answer.words);
    version(answer.version);
    sent.forEach(function (name) { if (!again) touched.delete(name); });
    form.querySelectorAll("[id^='q-']").forEach(function (one) {
      var name = one.id.slice(2);
      note(name, answer.errors[name] || "", "error");
    });
    form.querySelectorAll("[id$='-error']").forEach(function (one) { one.remove(); });
    shown(answer.shown);
    list(answer.needs, answer.count);
    if (answer.said) {
      said.hidden = false;
      said.textContent = answer.said;
      placeSaid(sent);
    }
    unsaved = Object.keys(answer.errors).length > 0;
    say(unsaved ? "pending" : "ok", answer.words);
  }

  function placeSaid(sent) {
    var last = sent.map(function (name) { return document.getElementById("q-" + name); }).filter(Boolean).pop();
    if (last) last.insertAdjacentElement("afterend", said);
  }

  function save() {
    clearTimeout(timer);
    if (sending) { again = true; return; }
    sending = true;
    again = false;
    unsaved = true;
    var sent = Array.from(touched);
    say("saving", script.saving);
    fetch(form.action || location.href, {
      method: "POST", body: new FormData(form), headers: { "X-Autosave": "1", Accept: "application/json" }
    }).then(function (answer) {
      if (answer.redirected) { say("failed", script.signedOut); return later(RETRY); }
      if (!answer.ok) throw new Error("status " + answer.status);
      return answer.json().then(function (told) { kept(told, sent); });
    }).catch(function (error) {
      say(error instanceof TypeError ? "offline" : "failed", error instanceof TypeError ? script.offline : script.failed);
      status.dataset.state = "failed";
      later(RETRY);
    }).then(function () {
      sending = false;
      if (again) later(SOON);
    });
  }

  function later(time) {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  }

  function fill(name, values) {
    inputs(name).forEach(function (one) {
      if (one.type === "radio" || one.type === "checkbox") one.checked = values.indexOf(one.value) >= 0;
      else one.value = values.length ? values[0] : "";
    });
  }

  function look() {
    setTimeout(look, LOOK);
    if (document.hidden || sending || touched.size) return;
    fetch(form.dataset.since.replace(/0$/, version()), { cache: "no-store", headers: { Accept: "application/json" } }).then(function (answer) {
      if (!answer.ok || answer.redirected) return;
      return answer.json().then(function (told) {
        if (sending || touched.size) return;
        Object.keys(told.values).forEach(function (name) { fill(name, told.values[name]); });
        Object.keys(told.notes).forEach(function (name) { note(name, told.notes[name], "hint"); });
        list(told.needs, told.count);
        version(told.version);
      });
    }).catch(function () {});
  }

  form.addEventListener("input", function (event) { touched.add(event.target.name); unsaved = true; });
  form.addEventListener("change", function (event) { touched.add(event.target.name); later(SOON); });
  form.addEventListener("submit", function () { clearTimeout(timer); unsaved = false; });
  window.addEventListener("online", function () { if (unsaved) later(0); });
  window.addEventListener("beforeunload", function (event) { if (unsaved && touched.size) event.preventDefault(); });
  setTimeout(look, LOOK);
})();

// A section of a filing saves itself as one goes: [data-autosave] is sent when an answer is finished
// or typing rests, stays as it is, and says what became of it. What others changed meanwhile is
// shown, and taken over where this page left the answer alone; where both changed one, neither is
// overwritten until somebody chooses. Without scripts, its button saves it.
(function () {
  "use strict";
  var script = document.currentScript.dataset;
  var form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch) return;
  var status = document.querySelector("[data-sync] .sync");
  var words = document.createElement("span");
  var said = form.querySelector("[data-said]");
  var SOON = 700, REST = 2000, RETRY = 5000, LOOK = 10000, LONGEST = 30000;
  var ICONS = { ok: "cloud-check", saving: "arrow-repeat", pending: "cloud-arrow-up", failed: "exclamation-triangle-fill" };
  var timer = null, sending = false, again = false;
  var going = null;                              // the button that waits for what is being saved
  var unsure = null;                             // what was sent without an answer: sent once more
  var during = new Set();                        // names changed since that was put together
  var revealed = [];                             // questions called up since the button was pressed
  var renewed = false;                           // whether the token of this page was just taken anew
  var touched = new Set();                       // names of the answers changed and not yet kept
  var clashing = new Map();                      // name -> what somebody else put there

  words.textContent = status.textContent.trim();
  Array.prototype.slice.call(status.childNodes).forEach(function (one) {
    if (one.nodeType === Node.TEXT_NODE) one.remove();
  });
  status.appendChild(words);

  function say(state, text) {
    var icon = status.querySelector("use");
    if (icon) icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, "#" + ICONS[state]));
    status.dataset.state = state;
    if (words.textContent !== text) words.textContent = text;
  }

  function box(name) { return document.getElementById("q-" + name); }

  function names() {
    return Array.prototype.map.call(form.querySelectorAll("[id^='q-']"), function (one) { return one.id.slice(2); });
  }

  function inputs(name) {
    return Array.prototype.filter.call(form.elements, function (one) { return one.name === name; });
  }

  function typing() {
    var here = document.activeElement;
    return here && form.contains(here) && /^(text|textarea|date)$/.test(here.type) ? here.name : "";
  }

  // Words beside a field: between its label and its control, told to those who hear it.
  function note(name, text, wrong) {
    if (!box(name)) return;
    var id = name + "-live", line = document.getElementById(id);
    var given = document.getElementById(name + "-error");
    if (given) given.remove();
    if (!line && text) {
      line = document.createElement("p");
      line.id = id;
      var control = box(name).querySelector(".choices, .seg, .rowline, .form-control, .form-select");
      control.parentNode.insertBefore(line, control);
    }
    if (line) {
      line.className = wrong ? "invalid-feedback" : "hint mb-1";
      line.textContent = text;
      line.hidden = !text;
    }
    var told = box(name).querySelector("fieldset") || inputs(name)[0];
    var hint = document.getElementById(name + "-hint") ? name + "-hint" : "";
    told.setAttribute("aria-describedby", (hint + " " + (text ? id : "")).trim());
    if (!told.getAttribute("aria-describedby")) told.removeAttribute("aria-describedby");
    if (told.matches("fieldset")) return;
    told.classList.toggle("is-invalid", Boolean(text && wrong));
    if (text && wrong) told.setAttribute("aria-invalid", "true"); else told.removeAttribute("aria-invalid");
  }

  function list(html, count) {
    if (!html) return;
    var needs = document.querySelector("[data-needs]");
    if (needs) {
      var open = Array.prototype.map.call(needs.querySelectorAll("details[open] > summary"), function (one) { return one.textContent; });
      needs.innerHTML = html;
      needs.querySelectorAll("details > summary").forEach(function (one) {
        if (open.indexOf(one.textContent) >= 0) one.parentNode.open = true;
      });
    }
    document.querySelectorAll("[data-count]").forEach(function (one) { one.textContent = count; });
  }

  // Shows the questions that are asked now; the names of those that were not before.
  function show(keys) {
    return names().filter(function (name) {
      var was = box(name).hidden;
      box(name).hidden = keys.indexOf(name) < 0;
      return was && !box(name).hidden;
    });
  }

  function fill(name, values) {
    inputs(name).forEach(function (one) {
      if (one.type === "radio" || one.type === "checkbox") one.checked = values.indexOf(one.value) >= 0;
      else one.value = values.length ? values[0] : "";
    });
  }

  function change(name) {
    touched.add(name);
    during.add(name);
  }

  function settle(name) {
    clashing.delete(name);
    var pair = document.getElementById(name + "-choice");
    if (pair) pair.remove();
  }

  function choice(name, theirs) {
    settle(name);
    clashing.set(name, theirs);
    var pair = document.createElement("div");
    pair.id = name + "-choice";
    pair.className = "rowline mb-2";
    [[script.mine, false], [script.theirs, true]].forEach(function (one) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-plain";
      button.textContent = one[0];
      button.addEventListener("click", function () {
        settle(name);
        if (one[1]) fill(name, theirs);
        note(name, "", false);
        change(name);
        inputs(name)[0].focus();
        later(0);
      });
      pair.appendChild(button);
    });
    document.getElementById(name + "-live").insertAdjacentElement("afterend", pair);
  }

  // What another put there; where it was changed here in the meantime, somebody has to choose.
  function take(name, told) {
    if (!box(name)) return;
    note(name, told.notes[name], during.has(name));
    if (during.has(name)) choice(name, told.values[name]);
    else fill(name, told.values[name]);
  }

  function kept(answer, sent) {
    if (answer.failed) return stop(answer.words);
    renewed = false;
    form.elements.version.value = answer.version;
    var here = going ? "" : typing(), left = [];
    names().forEach(function (name) {
      var wrong = answer.errors[name] || "";
      if (clashing.has(name) && !answer.clashes[name]) return left.push(name);
      if (wrong && name === here && !answer.clashes[name]) return left.push(name);  // still being typed: not yet wrong
      if (wrong || box(name).querySelector(".invalid-feedback")) note(name, wrong, true);
      if (answer.clashes[name]) choice(name, answer.clashes[name]);
      if (wrong) left.push(name);
    });
    sent.forEach(function (name) { if (left.indexOf(name) < 0 && !during.has(name)) touched.delete(name); });
    Object.keys(answer.values).forEach(function (name) {   // what this version has and this page had not
      if (sent.indexOf(name) < 0 && !clashing.has(name)) take(name, answer);
    });
    again = again || during.size > 0;
    var summary = document.querySelector(".errsum");
    if (summary && !left.length) summary.remove();
    revealed = revealed.concat(show(answer.shown));
    list(answer.needs, answer.count);
    if (answer.said) {
      said.hidden = false;
      var last = sent.map(box).filter(Boolean).pop();
      if (last) last.insertAdjacentElement("afterend", said);
      said.textContent = answer.said;
    }
    if (!again) say(left.length ? "pending" : "ok", answer.words);
    if (going && !again) go();
  }

  // The button was pressed: on, unless there is something here to answer first.
  function go() {
    var button = going, first = clashing.size ? Array.from(clashing.keys())[0] : revealed[0];
    going = null;
    if (first) {
      box(first).scrollIntoView({ block: "center" });
      inputs(first)[0].focus({ preventScroll: true });
      return say("pending", clashing.size ? script.clash : script.more);
    }
    touched.clear();
    button.dataset.sure = "1";
    form.requestSubmit(button);
  }

  function stop(text) {
    going = null;
    say("failed", text);
  }

  function body() {
    var told = new FormData(form);
    clashing.forEach(function (_theirs, name) { told.append("left", name); });
    return told;
  }

  function save() {
    clearTimeout(timer);
    if (sending) { again = true; return; }
    sending = true;
    again = false;
    if (!unsure) {
      unsure = { body: body(), sent: Array.from(touched) };
      during = new Set();
    }
    var sent = unsure.sent;
    var limit = new AbortController(), out = setTimeout(function () { limit.abort(); }, LONGEST);
    say("saving", script.saving);
    fetch(form.action || location.href, {
      method: "POST", body: unsure.body, headers: { "X-Autosave": "1", Accept: "application/json" }, signal: limit.signal
    }).then(function (answer) {
      if (answer.redirected || answer.status === 400) { unsure = null; return out_of_it(answer); }
      if (!answer.ok && answer.status < 502) unsure = null;
      if (!answer.ok) throw new Error("status " + answer.status);
      return answer.json().then(function (told) { unsure = null; kept(told, sent); });
    }).catch(function (error) {
      again = false;
      stop(error instanceof TypeError ? script.offline : script.failed);
      later(RETRY);
    }).then(function () {
      clearTimeout(out);
      sending = false;
      if (again) later(going ? 0 : SOON);
    });
  }

  // Signed out, or signed in anew in another window, whose token this page must then take.
  function out_of_it(answer) {
    again = false;
    if (answer.redirected && !/\/sign-in/.test(answer.url)) return stop(script.gone);
    stop(script.signedOut);
    later(RETRY);
    return ask().then(function (told) {
      if (told && !renewed) later(0);
      renewed = Boolean(told);
    });
  }

  function later(time) {
    clearTimeout(timer);
    timer = setTimeout(save, time);
  }

  function ask() {
    var address = form.dataset.since.replace(/0$/, form.elements.version.value);
    return fetch(address, { cache: "no-store", headers: { Accept: "application/json" } }).then(function (answer) {
      if (!answer.ok || answer.redirected) return null;
      return answer.json().then(function (told) {
        form.elements.csrf_token.value = told.token;
        return told;
      });
    });
  }

  // What others changed. Where this page changed the same, its version stays: saving will tell.
  function look() {
    setTimeout(look, LOOK);
    if (document.hidden || sending) return;
    ask().then(function (told) {
      if (!told || sending) return;
      var changed = Object.keys(told.values);
      var free = changed.filter(function (name) { return !touched.has(name) && !clashing.has(name); });
      free.forEach(function (name) { take(name, told); });
      if (changed.length) show(told.shown);
      list(told.needs, told.count);
      if (free.length === changed.length) form.elements.version.value = told.version;
    }).catch(function () {});
  }

  form.addEventListener("input", function (event) {
    change(event.target.name);
    settle(event.target.name);
    if (/^(text|textarea)$/.test(event.target.type)) later(REST);
  });
  form.addEventListener("change", function (event) { change(event.target.name); later(SOON); });
  form.addEventListener("submit", function (event) {
    var button = event.submitter || form.querySelector("button.btn-primary");
    clearTimeout(timer);
    if (button.dataset.sure || !form.requestSubmit || (!touched.size && !sending && !clashing.size)) return;
    event.preventDefault();
    going = button;
    revealed = [];
    save();
  });
  window.addEventListener("online", function () { if (touched.size) later(0); });
  window.addEventListener("beforeunload", function (event) { if (touched.size) event.preventDefault(); });
  window.addEventListener("pageshow", function () {
    form.querySelectorAll("[data-sure]").forEach(function (one) { delete one.dataset.sure; });
  });
  if (form.dataset.look !== "off") setTimeout(look, LOOK);
})();

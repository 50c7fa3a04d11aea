// The checklist keeps each mark as it is made: [data-marks] sends one item at a time with its note.
// What could not be sent waits and is sent again; what another marked otherwise is said, and nothing
// is overwritten until the mark is made once more. Without scripts, its button keeps the page.
(function () {
  "use strict";
  var script = document.currentScript.dataset;
  var form = document.querySelector("form[data-marks]");
  if (!form || !window.fetch) return;
  var status = document.querySelector(".syncbar .sync");
  var left = document.querySelector("[data-left]");
  var bar = document.querySelector("[data-bar] > div");
  var REST = 1200, RETRY = 5000, LONGEST = 30000;
  var ICONS = { ok: "cloud-check", saving: "arrow-repeat", pending: "cloud-arrow-up", failed: "exclamation-triangle-fill" };
  var words = document.createElement("span");
  var waiting = [];                              // codes to be sent, in the order they were marked
  var seen = {};                                 // code -> the mark as the server last told it
  var sending = "", timer = null, going = null;

  words.textContent = status.textContent.trim();
  Array.prototype.slice.call(status.childNodes).forEach(function (one) {
    if (one.nodeType === Node.TEXT_NODE) one.remove();
  });
  status.appendChild(words);

  function say(state, text) {
    var icon = status.querySelector("use");
    icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, "#" + ICONS[state]));
    status.dataset.state = state;
    if (words.textContent !== text) words.textContent = text;
  }

  function items() { return Array.prototype.slice.call(form.querySelectorAll("fieldset.check")); }
  function radios(code) { return Array.prototype.slice.call(document.getElementById(code).querySelectorAll("input[type=radio]")); }
  function note(code) { return document.getElementById(code + "-note"); }

  function verdict(code) {
    var found = radios(code).filter(function (one) { return one.checked; })[0];
    return found ? found.value : "";
  }

  items().forEach(function (one) {
    var given = radios(one.id).filter(function (radio) { return radio.defaultChecked; })[0];
    seen[one.id] = given ? given.value + "|" + note(one.id).defaultValue : "";
  });

  function complete(code) {
    return verdict(code) === "pass" || (verdict(code) && note(code).value.trim());
  }

  // Words at an item: a clash, or what is wrong with it; told to those who hear it.
  function beside(code, text) {
    var id = code + "-live", line = document.getElementById(id);
    if (!line && text) {
      line = document.createElement("p");
      line.id = id;
      line.className = "invalid-feedback";
      line.setAttribute("role", "alert");
      document.getElementById(code).querySelector(".seg").insertAdjacentElement("beforebegin", line);
    }
    if (line) line.textContent = text;
  }

  function mark(code) {
    beside(code, "");
    waiting = waiting.filter(function (one) { return one !== code; });
    if (!verdict(code)) return;
    if (!complete(code)) return say("pending", script.note);
    waiting.push(code);
  }

  function later(time) {
    clearTimeout(timer);
    timer = setTimeout(next, time);
  }

  function next() {
    clearTimeout(timer);
    if (sending) return;
    if (!waiting.length) return onward();
    sending = waiting.shift();
    say("saving", script.saving);
    post(sending).catch(function (error) {
      if (waiting.indexOf(sending) < 0) waiting.unshift(sending);
      say("failed", error instanceof TypeError ? script.offline : script.failed);
      later(RETRY);
      return "again";
    }).then(function (outcome) {
      sending = "";
      if (outcome !== "again") next();
    });
  }

  function body(code) {
    var told = new FormData();
    told.append("csrf_token", form.elements.csrf_token.value);
    told.append("version", form.elements.version.value);
    told.append(code, verdict(code));
    told.append(code + "-note", note(code).value);
    told.append("seen", seen[code]);
    return told;
  }

  function post(code) {
    var limit = new AbortController(), out = setTimeout(function () { limit.abort(); }, LONGEST);
    return fetch(form.action, {
      method: "POST", body: body(code), headers: { "X-Autosave": "1", Accept: "application/json" }, signal: limit.signal
    }).then(function (answer) {
      clearTimeout(out);
      if (answer.redirected || answer.status === 400) return renew(code);
      return answer.json().then(function (told) { return heard(code, answer, told); });
    });
  }

  function heard(code, answer, told) {
    if (told.clash) {
      form.elements.version.value = told.version;
      seen[code] = told.seen;
      beside(code, told.clash);
      say("pending", told.clash);
      return "";
    }
    if (answer.status === 409 && !(told.reasons || []).length) throw new Error("raced");  // at once, by another
    if (answer.status === 422 || answer.status === 409) {
      var said = [told.error].concat(told.reasons || [], told.advice || []).filter(Boolean).join(" ");
      if (answer.status === 409) going = null;
      beside(code, said);
      say("failed", said);
      return "";
    }
    if (!answer.ok) throw new Error("status " + answer.status);
    kept(told);
    return "";
  }

  function kept(told) {
    form.elements.version.value = told.version;
    Object.keys(told.seen).forEach(function (one) { seen[one] = told.seen[one]; });
    if (!document.querySelector("[data-only-open]")) {
      Array.prototype.forEach.call(document.querySelectorAll("[data-group]"), function (one, at) { one.textContent = told.groups[at]; });
    }
    if (left) left.textContent = told.left ? script.remaining.replace("{n}", told.left) : script.all;
    if (bar && !bar.contains(document.activeElement)) bar.innerHTML = told.bar;
    if (!waiting.length) say("ok", told.words);
  }

  // Signed out, or signed in anew in another window, whose token this page must then take.
  function renew(code) {
    waiting.unshift(code);
    say("failed", script.signedOut);
    later(RETRY);
    return fetch(location.href, { cache: "no-store" }).then(function (answer) {
      if (answer.redirected) return "again";
      return answer.text().then(function (html) {
        var page = new DOMParser().parseFromString(html, "text/html");
        var token = page.querySelector("form[data-marks] [name=csrf_token]");
        if (token) form.elements.csrf_token.value = token.value;
        return "again";
      });
    });
  }

  // A button was pressed while something was on its way: on, once that is kept.
  function onward() {
    var button = going;
    going = null;
    if (button) form.requestSubmit(button);
  }

  form.addEventListener("change", function (event) {
    var item = event.target.closest("fieldset.check");
    if (!item || event.target.type === "file") return;
    mark(item.id);
    later(0);
  });
  form.addEventListener("input", function (event) {
    var item = event.target.closest("fieldset.check");
    if (!item || event.target.type !== "textarea") return;
    mark(item.id);
    later(REST);
  });
  form.addEventListener("submit", function (event) {
    if (!form.requestSubmit || (!sending && !waiting.length)) return;
    event.preventDefault();
    event.stopPropagation();
    going = event.submitter;
    next();
  });
  window.addEventListener("online", next);
  window.addEventListener("beforeunload", function (event) {
    if (sending || waiting.length) event.preventDefault();
  });
})();

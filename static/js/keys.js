// The keys of the desk: j and k go from item to item, 1 2 3 mark it, n writes, p photographs, ? helps.
// They do nothing while one writes, and can be switched off; all they do can be done without them.
(function () {
  "use strict";
  var script = document.currentScript.dataset;
  var help = document.getElementById("keys");
  if (!help) return;
  var button = help.querySelector("[data-keys]");
  var OFF = "keys-off";

  function off() {
    try { return localStorage.getItem(OFF) === "1"; } catch (error) { return false; }
  }

  function show() { button.textContent = off() ? script.off : script.on; }

  function items() {
    var found = document.querySelectorAll("fieldset.check");
    if (!found.length) found = document.querySelectorAll("main article.req, main section.box .sum > div");
    return Array.prototype.filter.call(found, function (one) { return one.getClientRects().length; });
  }

  function current() {
    var here = document.activeElement;
    return items().filter(function (one) { return one.contains(here); })[0];
  }

  function go(step) {
    var all = items(), at = all.indexOf(current());
    var to = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
    if (!to) return;
    to.tabIndex = -1;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "center" });
  }

  function pick(number) {
    var here = current(), radio = here && here.querySelectorAll("input[type=radio]")[number - 1];
    if (!radio) return false;
    radio.click();
    here.tabIndex = -1;
    here.focus({ preventScroll: true });
    return true;
  }

  function write() {
    var here = current(), box = here && here.querySelector(".check-note");
    if (!box) return false;
    box.classList.add("has-words");
    box.querySelector("textarea").focus();
    return true;
  }

  function photograph() {
    var here = current(), input = here && here.querySelector("input[type=file]");
    if (!input) return false;
    input.focus();
    input.click();
    return true;
  }

  function tell() {
    help.open = !help.open;
    if (help.open) help.querySelector("summary").focus();
    return true;
  }

  var KEYS = {
    j: function () { go(1); return true; },
    k: function () { go(-1); return true; },
    1: function () { return pick(1); },
    2: function () { return pick(2); },
    3: function () { return pick(3); },
    n: write,
    p: photograph,
    "?": tell
  };

  document.addEventListener("keydown", function (event) {
    var writes = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && !/^(radio|checkbox|file)$/.test(event.target.type);
    if (event.key === "Escape" && event.target.tagName === "TEXTAREA" && current()) return current().focus();
    if (writes || off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var does = KEYS[event.key];
    if (does && does()) event.preventDefault();
  });
  button.hidden = false;
  button.addEventListener("click", function () {
    try { if (off()) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); } catch (error) { return; }
    show();
  });
  show();
})();

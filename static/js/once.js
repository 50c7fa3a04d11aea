// A form is sent once: its buttons are disabled and what happens is said. The server stays the judge.
// data-once="off" on a form leaves it alone (a download keeps the page), "quiet" says nothing.
(function () {
  "use strict";
  var words = document.currentScript.dataset.words;
  var regions = new WeakMap();
  var sent = new Map();                        // form -> the buttons that were disabled

  function asks(form) {
    return form.getAttribute("method") === "post" && form.dataset.once !== "off";
  }

  function buttons(form) {
    return Array.prototype.filter.call(form.elements, function (one) {
      return one.type === "submit" && !one.disabled;
    });
  }

  function say(form, text) {
    if (regions.has(form)) regions.get(form).textContent = text;
  }

  // A live region is only heard when it was there before its words came.
  Array.prototype.forEach.call(document.forms, function (form) {
    var found = buttons(form);
    if (!asks(form) || form.dataset.once || !found.length) return;
    var region = document.createElement("p");
    region.className = "sync";
    region.setAttribute("role", "status");
    found[found.length - 1].insertAdjacentElement("afterend", region);
    regions.set(form, region);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || !asks(form)) return;
    if (event.submitter && event.submitter.formTarget) return;   // answered in another window
    if (sent.has(form)) return event.preventDefault();
    sent.set(form, []);
    // Later: a button that is disabled now would not send its own name and value.
    setTimeout(function () {
      sent.set(form, buttons(form));
      sent.get(form).forEach(function (one) { one.disabled = true; });
      say(form, words);
    }, 0);
  });

  // Back to this page out of the browser's memory: it may be sent again.
  window.addEventListener("pageshow", function () {
    sent.forEach(function (disabled, form) {
      disabled.forEach(function (one) { one.disabled = false; });
      say(form, "");
    });
    sent.clear();
  });
})();

// What is being done in the background: [data-progress-url] is asked for each second and replaced by
// the fragment the server gives, until that no longer carries the attribute. Without scripts the
// page is read again by its own link. Each state is said once: the one whose words change.
(function () {
  "use strict";
  var script = document.currentScript.dataset;
  var SOON = 1000, LATER = 3000, MANY = 60;

  function region(className) {
    var made = document.createElement("p");
    made.className = className;
    made.setAttribute("role", "status");
    return made;
  }

  function say(where, words) {
    if (where.textContent !== words) where.textContent = words;
  }

  function plain(node) {
    return (node.dataset.say || node.textContent).replace(/\s+/g, " ").trim();
  }

  function watch(node) {
    var spoken = region("visually-hidden");
    var trouble = region("sync");
    var asked = 0;
    trouble.dataset.state = "offline";
    node.removeAttribute("role");                       // else the same words are heard twice
    node.insertAdjacentElement("afterend", spoken);
    spoken.insertAdjacentElement("afterend", trouble);

    function show(html) {
      var box = document.createElement("template");
      box.innerHTML = html;
      var fresh = box.content.firstElementChild;
      if (!fresh) return;
      fresh.removeAttribute("role");
      var changed = plain(fresh) !== plain(node);
      if (changed || !fresh.dataset.progressUrl) {
        var held = node.contains(document.activeElement);
        node.replaceWith(fresh);
        node = fresh;
        if (held) {
          node.tabIndex = -1;
          node.focus();
        }
      }
      if (changed) say(spoken, plain(node));
    }

    function ask() {
      if (document.hidden) return wait(LATER);
      asked += 1;
      fetch(node.dataset.progressUrl, { cache: "no-store", headers: { Accept: "text/html" } }).then(function (answer) {
        if (answer.redirected) return location.reload();       // signed out meanwhile
        if (!answer.ok) throw new Error("status " + answer.status);
        return answer.text().then(function (html) {
          say(trouble, "");
          show(html);
          if (node.dataset.progressUrl) wait(asked < MANY ? SOON : LATER);
        });
      }).catch(function (error) {
        say(trouble, error instanceof TypeError ? script.offline : script.failed);
        wait(LATER);
      });
    }

    function wait(time) {
      setTimeout(ask, time);
    }

    wait(SOON);
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-progress-url]"), watch);
})();

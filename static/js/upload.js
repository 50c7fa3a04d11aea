// A file that is sent says how far it is: [data-upload] goes by itself and shows its progress.
// One that is too large is not sent at all. Without scripts it is an ordinary form.
(function () {
  "use strict";
  var script = document.currentScript.dataset;
  if (!window.FormData || !window.XMLHttpRequest) return;

  Array.prototype.forEach.call(document.querySelectorAll("form[data-upload]"), function (form) {
    var file = form.querySelector("input[type=file]");
    form.dataset.once = "off";
    var line = document.createElement("p");
    line.className = "sync";
    line.setAttribute("role", "status");
    form.appendChild(line);
    var bar = document.createElement("progress");
    bar.max = 100;
    bar.hidden = true;
    form.appendChild(bar);

    function say(state, words) {
      line.dataset.state = state;
      line.textContent = words;
    }

    // The server's own line for an error, if it drew one; else one in the same place.
    function beside(words) {
      var id = file.id + "-error";
      var mark = document.getElementById(id);
      if (!mark && words) {
        mark = document.createElement("p");
        mark.id = id;
        mark.className = "invalid-feedback";
        mark.setAttribute("role", "alert");
        file.insertAdjacentElement("beforebegin", mark);
      }
      if (mark) mark.textContent = words;
      file.classList.toggle("is-invalid", Boolean(words));
      if (words) {
        file.setAttribute("aria-invalid", "true");
        file.setAttribute("aria-describedby", id);
      } else {
        file.removeAttribute("aria-invalid");
      }
    }

    function over(words) {
      bar.hidden = true;
      form.querySelector("button").disabled = false;
      say("ok", "");
      beside(words);
    }

    function tooBig() {
      var most = Number(script.most);
      return most > 0 && file.files.length > 0 && file.files[0].size > most;
    }

    file.addEventListener("change", function () { beside(tooBig() ? script.tooBig : ""); });

    form.addEventListener("submit", function (event) {
      if (!file.files.length) return;
      event.preventDefault();
      if (tooBig()) return over(script.tooBig);
      beside("");
      form.querySelector("button").disabled = true;
      var request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("X-Autosave", "1");
      request.setRequestHeader("Accept", "application/json");
      bar.hidden = false;
      request.upload.addEventListener("progress", function (sent) {
        if (!sent.lengthComputable) return;
        var share = Math.floor(sent.loaded * 100 / sent.total);
        bar.value = share;
        say("saving", share < 100 ? script.going + " " + share + "%" : script.checking);
      });
      request.addEventListener("load", function () {
        var told = {};
        try { told = JSON.parse(request.responseText); } catch (error) { told = {}; }
        if (request.status === 200 && told.url) {
          var here = location.href.split("#")[0];
          location.href = told.url;
          if (location.href.split("#")[0] === here) location.reload();
          return;
        }
        over([told.error, told.advice].filter(Boolean).join("：") || script.failed);
      });
      request.addEventListener("error", function () { over(script.failed); });
      request.send(new FormData(form));
    });
  });
})();

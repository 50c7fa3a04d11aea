// A file that is sent says how far it is: [data-upload] goes by itself and shows its progress.
// Without scripts it is an ordinary form.
(function () {
  "use strict";
  var script = document.currentScript.dataset;
  if (!window.FormData || !window.XMLHttpRequest) return;

  Array.prototype.forEach.call(document.querySelectorAll("form[data-upload]"), function (form) {
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

    function over(words) {
      bar.hidden = true;
      form.querySelector("button").disabled = false;
      say("failed", words);
    }

    form.addEventListener("submit", function (event) {
      var file = form.querySelector("input[type=file]");
      if (!file.files.length) return;
      event.preventDefault();
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
        over(told.error || script.failed);
      });
      request.addEventListener("error", function () { over(script.failed); });
      request.send(new FormData(form));
    });
  });
})();

// Photographs of an inspection go up as they are taken, made smaller first: a phone takes 5 MB where
// 300 kB will do. What could not be sent waits on the page and is sent again. Without scripts the
// button beside the camera sends them as they are.
(function () {
  "use strict";
  var script = document.currentScript.dataset;
  var form = document.getElementById("camera");
  if (!form || !window.fetch || !window.FormData) return;
  var SIDE = 1600, QUALITY = 0.8, SMALL = 400000, RETRY = 8000, LONGEST = 120000;
  var waiting = [], sending = false, timer = null;

  function place(name) { return document.querySelector('[data-photos="' + name + '"]'); }

  function say(name, state, text) {
    var line = place(name).querySelector(".sync");
    line.dataset.state = state;
    if (line.textContent !== text) line.textContent = text;
  }

  // The picture, no larger than needed; as it is where the browser can't make it smaller.
  function smaller(file) {
    if (file.size <= SMALL || !window.createImageBitmap || !HTMLCanvasElement.prototype.toBlob) return Promise.resolve(file);
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      return new Promise(function (done) {
        canvas.toBlob(function (blob) { done(blob && blob.size < file.size ? blob : file); }, "image/jpeg", QUALITY);
      });
    }).catch(function () { return file; });
  }

  function send(one) {
    var told = new FormData(form);
    Array.from(told.keys()).forEach(function (key) { if (key !== "csrf_token") told.delete(key); });
    told.append(one.name, one.picture, one.file.name.replace(/\.[^.]*$/, "") + (one.picture.type === "image/png" ? ".png" : ".jpg"));
    var limit = new AbortController(), out = setTimeout(function () { limit.abort(); }, LONGEST);
    return fetch(form.action, {
      method: "POST", body: told, headers: { "X-Autosave": "1", Accept: "application/json" }, signal: limit.signal
    }).then(function (answer) {
      clearTimeout(out);
      if (answer.redirected || answer.status >= 500) throw new Error("status " + answer.status);
      return answer.json();
    });
  }

  function next() {
    clearTimeout(timer);
    if (sending || !waiting.length) return;
    var one = waiting[0];
    sending = true;
    say(one.name, "saving", script.going.replace("{n}", one.n));
    (one.picture ? Promise.resolve(one.picture) : smaller(one.file)).then(function (picture) {
      one.picture = picture;
      return send(one);
    }).then(function (told) {
      waiting.shift();
      if (told.html === undefined) return say(one.name, "failed", [told.error, told.advice].filter(Boolean).join(" "));
      place(one.name).querySelector("[data-taken]").innerHTML = told.html;
      say(one.name, "ok", script.done);
    }).catch(function () {
      say(one.name, "failed", script.failed);
      timer = setTimeout(next, RETRY);
      return "again";
    }).then(function (outcome) {
      sending = false;
      if (outcome !== "again") next();
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-photos]"), function (one) {
    var input = one.querySelector("input[type=file]");
    one.querySelector("[data-send]").hidden = true;
    input.addEventListener("change", function () {
      Array.prototype.forEach.call(input.files, function (file, at) {
        waiting.push({ name: input.name, file: file, picture: null, n: at + 1 });
      });
      input.value = "";
      next();
    });
  });
  window.addEventListener("online", next);
  window.addEventListener("beforeunload", function (event) { if (waiting.length) event.preventDefault(); });
})();

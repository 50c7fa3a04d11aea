// A kind of fault chosen puts its suggested words into the field, unless somebody wrote there.
(function () {
  "use strict";
  var form = document.querySelector("form[data-suggest]");
  if (!form) return;
  var suggested = JSON.parse(form.dataset.suggest);
  var words = form.elements.words;
  form.addEventListener("change", function (event) {
    if (event.target.name !== "fault") return;
    var ours = Object.keys(suggested).some(function (key) { return suggested[key] === words.value; });
    if (!words.value.trim() || ours) words.value = suggested[event.target.value];
  });
})();

// A query parameter arrives as a list with one text.
exports.textOf = function (value) {
  if (value === null || typeof value === "undefined") return "";
  return typeof value === "string" ? value : String(value[0] || "");
};

// The journey's own sentence comes first, because a long reason is truncated at its end.
exports.after = function (sentence, reason) {
  return (sentence + " " + exports.textOf(reason)).trim();
};

// The caller reads the reason, so it is written in the person's language, or else in the one of the agent's browser.
exports.inWords = function (texts, preferredLanguage, locales) {
  var language = exports.textOf(preferredLanguage).split(/[-_,;]/)[0].toLowerCase();
  return texts[language] || locales.getLocalizedMessage(texts);
};

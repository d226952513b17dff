// A query parameter arrives as a list with one text.
exports.textOf = function (value) {
  if (value === null || typeof value === "undefined") return "";
  return typeof value === "string" ? value : String(value[0] || "");
};

// The journey's own sentence comes first, because a long reason is truncated at its end.
exports.after = function (sentence, reason) {
  return (sentence + " " + exports.textOf(reason)).trim();
};

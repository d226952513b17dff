// What came in as a query parameter is a list with one text.
exports.textOf = function (value) {
  if (value === null || typeof value === "undefined") return "";
  return typeof value === "string" ? value : String(value[0] || "");
};

// What the journey says of a check comes first: a long reason is cut at its end.
exports.after = function (sentence, reason) {
  return (sentence + " " + exports.textOf(reason)).trim();
};

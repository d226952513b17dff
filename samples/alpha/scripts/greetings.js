var greetings = { en: "Hello", de: "Hallo", fr: "Bonjour" };

exports.greet = function (language, name) {
  return (greetings[language] || greetings.en) + ", " + name;
};

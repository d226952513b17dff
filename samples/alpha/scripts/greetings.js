var greetings = { en: "Hello", de: "Hallo", fr: "Bonjour", es: "Hola", ar: "مرحباً" };

exports.greet = function (language, name) {
  return (greetings[language] || greetings.en) + ", " + name;
};

var greetings = require("Greetings");

// `locales` knows the languages of the request: the one that the page asks for, then those of the browser.
var texts = {
  title: { en: "Greeting", de: "Begrüßung", fr: "Salutation", es: "Saludo", ar: "تحية" },
  name: { en: "Your name", de: "Ihr Name", fr: "Votre nom", es: "Su nombre", ar: "اسمك" },
  language: { en: "Language", de: "Sprache", fr: "Langue", es: "Idioma", ar: "اللغة" }
};
var languages = ["en", "de", "fr", "es", "ar"];

(function () {
  if (callbacks.isEmpty()) {
    callbacksBuilder.nameCallback(locales.getLocalizedMessage(texts.name), "");
    callbacksBuilder.choiceCallback(locales.getLocalizedMessage(texts.language), languages, 0, false);
    action.withHeader(locales.getLocalizedMessage(texts.title));
    return;
  }
  var name = callbacks.getNameCallbacks().get(0);
  var language = languages[callbacks.getChoiceCallbacks().get(0)[0]];
  nodeState.putShared("greeting", greetings.greet(language, name));
  logger.info("greeted in {}", language);
  action.goTo("done");
})();

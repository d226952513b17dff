var greetings = require("Greetings");

(function () {
  if (callbacks.isEmpty()) {
    callbacksBuilder.nameCallback("Your name", "");
    callbacksBuilder.choiceCallback("Language", ["en", "de", "fr"], 0, false);
    action.withHeader("Greeting");
    return;
  }
  var name = callbacks.getNameCallbacks().get(0);
  var language = ["en", "de", "fr"][callbacks.getChoiceCallbacks().get(0)[0]];
  nodeState.putShared("greeting", greetings.greet(language, name));
  logger.info("greeted in {}", language);
  action.goTo("done");
})();

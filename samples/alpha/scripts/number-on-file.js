// The agent hangs up and calls the number on file, never a number that the caller gives.
// Attackers may change the number, so one that changed within the realm's quiet hours is ignored.
var purpose = require("Purpose");

var calledBack = {
  en: "Called back on the number on file.",
  de: "Rückruf unter der hinterlegten Nummer.",
  fr: "Rappel au numéro enregistré.",
  es: "Llamada al número registrado.",
  ar: "عاودنا الاتصال على الرقم المسجل."
};

(function () {
  var resource = journey.identityResource() + "/" + nodeState.get("_id");
  var person = openidm.read(resource, null, ["telephoneNumber", "preferredLanguage", "_access"]) || {};
  var digits = String(person.telephoneNumber || "").replace(/\D/g, "");
  var changedLately = (person._access && person._access.changedLately) || [];
  if (digits.length < 6 || changedLately.indexOf("telephoneNumber") >= 0) {
    action.goTo("none");
    return;
  }
  if (callbacks.isEmpty()) {
    callbacksBuilder.textOutputCallback(
      0,
      "Hang up now. Look up the number on file, •••• " + digits.slice(-2) + ", in your own directory, and call it."
    );
    callbacksBuilder.choiceCallback("Who answered?", ["Nobody", "The person"], 0, false);
    action
      .withHeader("Call the number on file")
      .withDescription("Never call a number that the caller gives you. The caller may be an attacker.");
    return;
  }
  if (callbacks.getChoiceCallbacks().get(0)[0] !== 1) {
    action.goTo("unanswered");
    return;
  }
  var sentence = purpose.inWords(calledBack, person.preferredLanguage, locales);
  nodeState.putShared("reason", purpose.after(sentence, nodeState.get("reason")));
  action.goTo("answered");
})();

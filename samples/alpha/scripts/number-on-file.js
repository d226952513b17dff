// The agent calls back on the number on file: never on one that the caller gives, and never goes on with this call.
// A number that was changed within the realm's quiet hours may be the attacker's: it counts as none.
var purpose = require("Purpose");

(function () {
  var resource = journey.identityResource() + "/" + nodeState.get("_id");
  var person = openidm.read(resource, null, ["telephoneNumber", "_access"]);
  var digits = String(person.telephoneNumber || "").replace(/\D/g, "");
  var changedLately = (person._access && person._access.changedLately) || [];
  if (digits.length < 6 || changedLately.indexOf("telephoneNumber") >= 0) {
    action.goTo("none");
    return;
  }
  if (callbacks.isEmpty()) {
    callbacksBuilder.textOutputCallback(
      0,
      "Hang up now. Find the number on file, •••• " + digits.slice(-2) + ", in your own directory, and call it yourself."
    );
    callbacksBuilder.choiceCallback("Who answered?", ["Nobody", "The person"], 0, false);
    action
      .withHeader("Call the number on file")
      .withDescription("Never a number that the caller gives you: whoever calls may be anybody.");
    return;
  }
  if (callbacks.getChoiceCallbacks().get(0)[0] !== 1) {
    action.goTo("unanswered");
    return;
  }
  nodeState.putShared("reason", purpose.after("Called back on the number on file.", nodeState.get("reason")));
  action.goTo("answered");
})();

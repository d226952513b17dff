// The caller reads who approved the check.
var purpose = require("Purpose");

var secondAgent = {
  en: "Second agent: ",
  de: "Zweite Person vom Helpdesk: ",
  fr: "Second agent : ",
  es: "Segundo agente: ",
  ar: "الموظف الثاني: "
};

var caller = openidm.read(journey.identityResource() + "/" + nodeState.get("_id"), null, ["preferredLanguage"]);
var label = purpose.inWords(secondAgent, caller.preferredLanguage, locales);
var sentence = label + nodeState.get("secondAgentName") + ".";
nodeState.putShared("reason", purpose.after(sentence, nodeState.get("reason")));
action.goTo("outcome");

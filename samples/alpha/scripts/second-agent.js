// The caller reads who approved the check.
var purpose = require("Purpose");

var secondAgent = {
  en: "Second agent: ",
  de: "Zweite Person vom Helpdesk: ",
  fr: "Second agent : ",
  es: "Segundo agente: ",
  ar: "الموظف الثاني: "
};

var resource = journey.identityResource() + "/" + nodeState.get("_id");
// Nobody, if the caller was deleted meanwhile: the next node says so.
var caller = openidm.read(resource, null, ["preferredLanguage"]) || {};
var name = nodeState.get("secondAgentName");
var sentence = purpose.inWords(secondAgent, caller.preferredLanguage, locales) + name + ".";
nodeState.putShared("reason", purpose.after(sentence, nodeState.get("reason")));
action.goTo("outcome");

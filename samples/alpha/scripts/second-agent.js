// The caller reads who approved the check.
var purpose = require("Purpose");

var secondAgent = {
  en: "Second agent: ",
  de: "Zweite Person vom Helpdesk: ",
  fr: "Second agent : ",
  es: "Segundo agente: ",
  ar: "الموظف الثاني: "
};

// In the language of the agent's browser, which is the best guess for the language of the call.
var sentence = locales.getLocalizedMessage(secondAgent) + nodeState.get("secondAgentName") + ".";
nodeState.putShared("reason", purpose.after(sentence, nodeState.get("reason")));
action.goTo("outcome");

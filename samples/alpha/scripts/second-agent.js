// The caller reads who approved the check.
var purpose = require("Purpose");

var sentence = "Second agent: " + nodeState.get("secondAgentName") + ".";
nodeState.putShared("reason", purpose.after(sentence, nodeState.get("reason")));
action.goTo("outcome");

// Both must be agents, and two different people.
var purpose = require("Purpose");

(function () {
  // Later nodes must not see the password.
  nodeState.remove("password");

  function agentNamed(name) {
    var identity = idRepository.getIdentity(name);
    if (!identity.exists()) return null;
    var resource = journey.identityResource() + "/" + identity.getName();
    var person = openidm.read(resource, null, ["userName", "cn", "_access"]);
    var isAgent = person._access.roles.some(function (role) {
      return ["agent", "agent-lead", "helpdesk"].indexOf(role) >= 0;
    });
    return isAgent ? person : null;
  }

  var first = typeof existingSession === "undefined" ? null : agentNamed(existingSession.get("UserId"));
  var second = agentNamed(nodeState.get("username"));
  if (first === null || second === null || first._id === second._id) {
    action.goTo("refused");
    return;
  }
  nodeState.putShared("secondAgent", second._id);
  var sentence = "Second agent: " + (second.cn || second.userName) + ".";
  nodeState.putShared("reason", purpose.after(sentence, nodeState.get("reason")));
  action.goTo("accepted");
})();

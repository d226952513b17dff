// From here on it is the manager who is asked, and what they are asked is to vouch for the caller.
var purpose = require("Purpose");

(function () {
  function read(id) {
    var fields = ["userName", "cn", "mail", "manager", "accountStatus"];
    return openidm.read(journey.identityResource() + "/" + id, null, fields);
  }

  // A user name or an id; where managers are relationships, as in a vendor's realm, an object with the id.
  function managerOf(person) {
    var named = (person.manager && person.manager._refResourceId) || person.manager;
    var identity = named ? idRepository.getIdentity(String(named)) : null;
    return identity !== null && identity.exists() ? read(identity.getName()) : null;
  }

  var caller = read(nodeState.get("_id"));
  var manager = managerOf(caller);
  if (manager === null || manager._id === caller._id || manager.accountStatus !== "active") {
    action.goTo("none");
    return;
  }
  var wanted = purpose.textOf(nodeState.get("action"));
  var vouch = "Vouch for " + (caller.cn || caller.userName);
  // A check that is begun once more comes with the words of the first.
  var isVouch = wanted.indexOf(vouch) === 0;
  nodeState.putShared("action", isVouch ? wanted : vouch + (wanted && ": " + wanted));
  nodeState.putShared("_id", manager._id);
  nodeState.putShared("username", manager.userName);
  // Nothing of the caller stays behind: the manager's page finds its person by these.
  nodeState.remove("objectAttributes");
  nodeState.putShared("objectAttributes", { userName: manager.userName });
  action.goTo("found");
})();

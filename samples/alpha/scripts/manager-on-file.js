// From here on the manager is the subject: they are asked to vouch for the caller.
(function () {
  function read(id) {
    var fields = ["userName", "cn", "mail", "manager", "accountStatus", "_access"];
    return openidm.read(journey.identityResource() + "/" + id, null, fields);
  }

  // A manager who was named within the realm's quiet hours may be the attacker: they count as none.
  function isSettled(person) {
    var changedLately = (person._access && person._access.changedLately) || [];
    return changedLately.indexOf("manager") < 0;
  }

  // A user name or an id; where managers are relationships, as in a vendor's realm, an object with the id.
  function managerOf(person) {
    var named = (person.manager && person.manager._refResourceId) || person.manager;
    var identity = named ? idRepository.getIdentity(String(named)) : null;
    return identity !== null && identity.exists() ? read(identity.getName()) : null;
  }

  var caller = read(nodeState.get("_id"));
  var manager = isSettled(caller) ? managerOf(caller) : null;
  if (manager === null || manager._id === caller._id || manager.accountStatus !== "active") {
    action.goTo("none");
    return;
  }
  nodeState.putShared("vouchFor", caller.cn || caller.userName);
  nodeState.putShared("_id", manager._id);
  nodeState.putShared("username", manager.userName);
  // Nothing of the caller stays behind: the manager's page finds its person by these.
  nodeState.remove("objectAttributes");
  nodeState.putShared("objectAttributes", { userName: manager.userName });
  action.goTo("found");
})();

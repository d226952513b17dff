// Makes the manager the subject of the check: they are asked to vouch for the caller.
(function () {
  function read(id) {
    var fields = ["userName", "cn", "mail", "manager", "accountStatus", "_access"];
    return openidm.read(journey.identityResource() + "/" + id, null, fields);
  }

  // Attackers may change the manager, so one that changed within the realm's quiet hours is ignored.
  function isSettled(person) {
    var changedLately = (person._access && person._access.changedLately) || [];
    return changedLately.indexOf("manager") < 0;
  }

  // A username or an id. In realms of the vendor, managers are relationships: an object with the id.
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
  // The realm's policies are about the caller and the manager.
  nodeState.putShared("vouchForId", caller._id);
  nodeState.putShared("_id", manager._id);
  nodeState.putShared("username", manager.userName);
  // The manager's page finds its person by these attributes, so the caller's must go.
  nodeState.remove("objectAttributes");
  nodeState.putShared("objectAttributes", { userName: manager.userName });
  action.goTo("found");
})();

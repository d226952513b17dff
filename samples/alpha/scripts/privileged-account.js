// Accounts with a role, or with the employeeType "privileged", are privileged.
(function () {
  var resource = journey.identityResource() + "/" + nodeState.get("_id");
  var person = openidm.read(resource, null, ["employeeType", "_access"]);
  var types = [].concat(person.employeeType || []);
  var isNamed = types.some(function (type) {
    return String(type).toLowerCase() === "privileged";
  });
  action.goTo(isNamed || person._access.roles.length > 0 ? "privileged" : "ordinary");
})();

// Who answers for a check is not the one who is checked. The first agent is refused by the server itself.
action.goTo(nodeState.get("_id") === nodeState.get("secondAgent") ? "refused" : "accepted");

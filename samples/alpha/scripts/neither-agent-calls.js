// The second agent must not be the caller. The server itself refuses checks of the first agent.
action.goTo(nodeState.get("_id") === nodeState.get("secondAgent") ? "refused" : "accepted");

(function () {
  if (callbacks.isEmpty()) {
    callbacksBuilder.textOutputCallback(0, nodeState.get("backchannel-redirectUri"));
  } else {
    action.goTo("next");
  }
})();

sharedState.put("decidedBy", "legacy");
outcome = "true";

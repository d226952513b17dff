/** A script context: how its scripts run, and the evaluator versions that they can have, oldest first. */
export type ScriptContext = {
  as:
    | 'decision'
    | 'config'
    | 'deviceMatch'
    | 'customNode'
    | 'transformation'
    | 'accessToken'
    | 'claims'
    | 'library'
  evaluatorVersions: readonly [string, ...string[]]
}

/** Script contexts by id. Source: "Scripting". Scripts of other contexts are stored but never run. */
export const scriptContexts: Readonly<Record<string, ScriptContext>> = {
  AUTHENTICATION_TREE_DECISION_NODE: { as: 'decision', evaluatorVersions: ['1.0', '2.0'] },
  SCRIPTED_DECISION_NODE: { as: 'decision', evaluatorVersions: ['2.0'] },
  CONFIG_PROVIDER_NODE: { as: 'config', evaluatorVersions: ['1.0'] },
  CONFIG_PROVIDER_NODE_NEXT_GEN: { as: 'config', evaluatorVersions: ['2.0'] },
  DEVICE_MATCH_NODE: { as: 'deviceMatch', evaluatorVersions: ['2.0'] },
  LIBRARY: { as: 'library', evaluatorVersions: ['2.0'] },
  SOCIAL_IDP_PROFILE_TRANSFORMATION: { as: 'transformation', evaluatorVersions: ['1.0', '2.0'] },
  SOCIAL_IDP_PROFILE_TRANSFORMATION_NEXT_GEN: { as: 'transformation', evaluatorVersions: ['2.0'] },
  SOCIAL_PROVIDER_HANDLER_NODE: { as: 'transformation', evaluatorVersions: ['2.0'] },
  OAUTH2_ACCESS_TOKEN_MODIFICATION: { as: 'accessToken', evaluatorVersions: ['1.0', '2.0'] },
  OAUTH2_ACCESS_TOKEN_MODIFICATION_NEXT_GEN: { as: 'accessToken', evaluatorVersions: ['2.0'] },
  OIDC_CLAIMS: { as: 'claims', evaluatorVersions: ['1.0', '2.0'] },
  OIDC_CLAIMS_NEXT_GEN: { as: 'claims', evaluatorVersions: ['2.0'] },
  NODE_DESIGNER: { as: 'customNode', evaluatorVersions: ['2.0'] },
}

export function scriptContext(id: string): ScriptContext | undefined {
  return Object.hasOwn(scriptContexts, id) ? scriptContexts[id] : undefined
}

/** Whether its scripts can be tried: libraries run inside other scripts, and OAuth2 scripts with a token. */
export function runsAlone(
  context: ScriptContext,
): context is ScriptContext & { as: Exclude<ScriptContext['as'], 'library' | 'accessToken' | 'claims'> } {
  return !['library', 'accessToken', 'claims'].includes(context.as)
}

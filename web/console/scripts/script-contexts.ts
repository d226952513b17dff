import type { Script } from '../../api/scripts.ts'

/** Script contexts that journeys use, with the evaluator version of new scripts. */
export const contexts = {
  SCRIPTED_DECISION_NODE: { title: 'Journey decision node', evaluatorVersion: '2.0' },
  AUTHENTICATION_TREE_DECISION_NODE: { title: 'Journey decision node', evaluatorVersion: '1.0' },
  CONFIG_PROVIDER_NODE_NEXT_GEN: { title: 'Configuration provider node', evaluatorVersion: '2.0' },
  DEVICE_MATCH_NODE: { title: 'Device match node', evaluatorVersion: '2.0' },
  SOCIAL_IDP_PROFILE_TRANSFORMATION: { title: 'Social provider transformation', evaluatorVersion: '1.0' },
  LIBRARY: { title: 'Library', evaluatorVersion: '2.0' },
} as const

export type ContextName = keyof typeof contexts

export function isContextName(name: string | null): name is ContextName {
  return name !== null && name in contexts
}

/** The title of a script's type. Imported scripts may have unknown contexts. */
export function typeTitle({
  context,
  evaluatorVersion,
}: Pick<Script, 'context' | 'evaluatorVersion'>): string {
  const title = isContextName(context) ? contexts[context].title : context.toLowerCase().replaceAll('_', ' ')
  return evaluatorVersion === '1.0' ? `${title} (legacy)` : title
}

/** Initial sources of new scripts. */
export const templates: Readonly<Record<ContextName, string>> = {
  SCRIPTED_DECISION_NODE: 'action.goTo("true");\n',
  AUTHENTICATION_TREE_DECISION_NODE: 'outcome = "true";\n',
  CONFIG_PROVIDER_NODE_NEXT_GEN: 'config = {};\n',
  DEVICE_MATCH_NODE: 'outcome = "true";\n',
  SOCIAL_IDP_PROFILE_TRANSFORMATION: '',
  LIBRARY: 'exports.greet = function (name) {\n  return "Hello " + name;\n};\n',
}

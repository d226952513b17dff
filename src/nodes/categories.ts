import type { AnyNodeType } from '../engine/node-type.ts'

/**
 * Groups of node types, named as in the vendor's documentation: the palette's groups and the pages of the reference. A type
 * belongs to the first category with one of its tags, otherwise to Utilities.
 */
export const nodeCategories = {
  backchannel: { title: 'Backchannel', tags: ['backchannel'] },
  'basic-authentication': { title: 'Basic authentication', tags: ['basic authentication'] },
  'multi-factor-authentication': {
    title: 'Multi-factor authentication',
    tags: ['multi-factor authentication'],
  },
  federation: { title: 'Federation', tags: ['federation'] },
  things: { title: 'Things', tags: ['iot'] },
  'identity-management': { title: 'Identity management', tags: ['identity management'] },
  risk: { title: 'Risk', tags: ['risk'] },
  contextual: { title: 'Contextual', tags: ['contextual'] },
  sessions: { title: 'Sessions', tags: ['session'] },
  results: { title: 'Success and failure', tags: ['result'] },
  metrics: { title: 'Metrics', tags: ['metrics'] },
  utilities: { title: 'Utilities', tags: [] },
  custom: { title: 'Custom nodes', tags: [] },
} as const satisfies Readonly<Record<string, { title: string; tags: readonly string[] }>>

export type NodeCategory = keyof typeof nodeCategories

/** In the order of the palette. */
// `Object.keys` gives plain strings.
export const nodeCategoryIds = Object.keys(nodeCategories) as NodeCategory[]

export function categoryOf({ type, tags }: Pick<AnyNodeType, 'type' | 'tags'>): NodeCategory {
  if (type.startsWith('designer-')) return 'custom'
  return (
    nodeCategoryIds.find((id) => nodeCategories[id].tags.some((tag) => tags.includes(tag))) ?? 'utilities'
  )
}

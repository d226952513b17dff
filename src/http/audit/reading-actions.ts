import type { Access, Call, Route } from '../route.ts'

/** Actions that answer something and change nothing. Any other leaves an entry in the audit book. */
const readingActions = new Set([
  'schema',
  'template',
  'getIds',
  'getAllTypes',
  'getCreatableTypes',
  'getType',
  'nextdescendents',
  'listOutcomes',
  'outcomes',
  'validate',
  'lint',
  'export',
  'exportNodeTypes',
  'exportAll',
  'journeys',
  'verify',
  'test',
  'validateGoto',
  'preview',
])

export function isReadingAction(name: string | null): boolean {
  return name !== null && readingActions.has(name)
}

/** Who may make this call of a route. */
export function accessOf({ access, readAccess }: Pick<Route, 'access' | 'readAccess'>, call: Call): Access {
  return readAccess !== undefined && isReadingAction(call.query.get('_action')) ? readAccess : access
}

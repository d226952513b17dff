import { jsonObjectSchema } from '../../../base/json.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

const types: ReadonlySet<string> = new Set(['DeviceBindingNode', 'DeviceSigningVerifierNode'])
const setting = 'applicationIds'

export const noAppAllowed: Rule = {
  id: 'no-app-allowed',
  severity: 'error',
  what: 'A node for bound devices allows no app.',
  why: 'It refuses the answer of every app. Older versions of AM export the node without Application Ids.',
  remedy: 'List the package names and bundle IDs of your apps under Application Ids.',
  check(journey) {
    return membersOf(journey)
      .filter(({ type, settings }) => {
        const { data } = jsonObjectSchema.safeParse(settings)
        return types.has(type) && data !== undefined && String(data[setting] ?? '') === ''
      })
      .map(({ id, name }) => ({ nodeId: id, setting, message: `'${name}' allows no app.` }))
  },
}

import { placedSettings } from '../placed-settings.ts'
import type { Rule } from '../rule.ts'

export const missingEsv: Rule = {
  id: 'missing-esv',
  severity: 'error',
  what: 'A setting has a placeholder without a default, and its variable or secret is not set or not for this realm.',
  why: 'A journey that reaches the node fails.',
  remedy:
    'Ask a server administrator to set it (Variables and secrets, or `PUT /environment/variables/esv-name`), or write a default as in `&{esv.name|default}`.',
  check(journey, { esv }) {
    if (esv === undefined) return []
    return placedSettings(journey).flatMap(({ node, setting, placed }) =>
      placed
        .filter(({ name, hasDefault }) => !hasDefault && esv(name) === undefined)
        .map(({ name }) => {
          const message = `Setting '${setting}' of '${node.name}' needs ${name}, which is not set.`
          return { nodeId: node.id, setting, message }
        }),
    )
  },
}

import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { systemProperties } from '../../engine/system-properties.ts'
import { defineNode, setting } from '../define-node.ts'

/** Removes properties that earlier nodes set for the session. Source: "Remove Session Properties node". */
export const removeSessionProperties = defineNode({
  type: 'RemoveSessionPropertiesNode',
  title: 'Remove Session Properties',
  help: 'Removes properties that earlier nodes set for the session of the journey.',
  tags: ['utilities', 'session'],
  config: () =>
    z.object({
      propertyNames: setting(
        'Property Names',
        'Names of the properties.',
        z.array(z.string().min(1)).min(1).prefault([]),
        'sessionProperty',
      ),
    }),
  outcomes: singleOutcome,
  errors: {
    fail: { 'Cannot remove system session property ‹name›': 'Only the server sets this property.' },
  },
  reference: { outputs: 'session properties' },
  run({ config: { propertyNames } }) {
    const refused = propertyNames.find((name) => systemProperties.has(name))
    if (refused !== undefined) return fail(`Cannot remove system session property ${refused}`)
    return goTo('outcome', {
      sessionProperties: Object.fromEntries(propertyNames.map((name) => [name, null])),
    })
  },
})

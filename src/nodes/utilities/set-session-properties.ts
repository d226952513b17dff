import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import { stringMapSchema } from '../../base/json.ts'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { systemProperties } from '../../engine/system-properties.ts'
import { defineNode, setting } from '../define-node.ts'

/** Sets properties of the session that a success creates. Source: "Set Session Properties node". */
export const setSessionProperties = defineNode({
  type: 'SetSessionPropertiesNode',
  title: 'Set Session Properties',
  help: 'Sets properties of the journey’s session, and optionally its maximum lifetime and idle time.',
  tags: ['utilities', 'session'],
  config: () =>
    z.object({
      properties: setting('Properties', 'Values by property name.', stringMapSchema.default({})),
      maxSessionTime: setting(
        'Maximum Session Time',
        'Maximum lifetime of the session in minutes. Unset: the setting of the journey or realm.',
        z.int().positive().exactOptional(),
      ),
      maxIdleTime: setting(
        'Maximum Idle Time',
        'Maximum idle time of the session in minutes. Unset: the setting of the journey or realm.',
        z.int().positive().exactOptional(),
      ),
    }),
  outcomes: singleOutcome,
  errors: {
    fail: { 'Cannot set system session property ‹name›': 'Only the server sets this property.' },
  },
  reference: { outputs: 'session properties, and the session’s lifetime' },
  run({ config: { properties, maxSessionTime, maxIdleTime } }) {
    const refused = Object.keys(properties).find((name) => systemProperties.has(name))
    if (refused !== undefined) return fail(`Cannot set system session property ${refused}`)
    return goTo('outcome', {
      sessionProperties: properties,
      ...defined({ maxSessionMinutes: maxSessionTime, maxIdleMinutes: maxIdleTime }),
    })
  },
})

import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { defined } from '../../engine/defined.ts'
import { stringMapSchema } from '../../engine/json.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { systemProperties } from '../../engine/system-properties.ts'
import { defineNode, setting } from '../define-node.ts'

/** Adds to the session that a success will create. Source: "Set Session Properties node". */
export const setSessionProperties = defineNode({
  type: 'SetSessionPropertiesNode',
  version: '1.0',
  title: 'Set Session Properties',
  help: 'Adds properties to the session that the journey will end in, and may limit how long it lasts.',
  tags: ['utilities'],
  config: z.object({
    properties: setting('Properties', 'Texts by property name.', stringMapSchema.default({})),
    maxSessionTime: setting(
      'Maximum Session Time',
      'Minutes that the session may last. Unset means the setting of the journey or realm.',
      z.int().positive().exactOptional(),
    ),
    maxIdleTime: setting(
      'Maximum Idle Time',
      'Minutes that the session may lie idle. Unset means the setting of the journey or realm.',
      z.int().positive().exactOptional(),
    ),
  }),
  outcomes: singleOutcome,
  errors: {
    fail: { 'Cannot set system session property ‹name›': 'The server keeps that property for itself.' },
  },
  needs: [],
  reference: { outputs: 'session properties; how long the session lasts' },
  run({ config: { properties, maxSessionTime, maxIdleTime } }) {
    const refused = Object.keys(properties).find((name) => systemProperties.has(name))
    if (refused !== undefined) return fail(`Cannot set system session property ${refused}`)
    return goTo('outcome', {
      sessionProperties: properties,
      ...defined({ maxSessionMinutes: maxSessionTime, maxIdleMinutes: maxIdleTime }),
    })
  },
})

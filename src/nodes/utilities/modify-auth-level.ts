import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Changes the authentication level. Source: "Modify Auth Level node". */
export const modifyAuthLevel = defineNode({
  type: 'ModifyAuthLevelNode',
  title: 'Modify Auth Level',
  help: 'Adds a value to the authentication level of the journey. A negative value lowers it.',
  tags: ['utilities', 'session'],
  config: () =>
    z.object({
      authLevelIncrement: setting('Value To Add', 'Value to add to the level.', z.int().default(0)),
    }),
  outcomes: singleOutcome,
  reads: () => ['authLevel'],
  writes: () => ['authLevel'],
  run({ config, state }) {
    const level = state.get('authLevel')
    state.putShared('authLevel', (typeof level === 'number' ? level : 0) + config.authLevelIncrement)
    return goTo('outcome')
  },
})

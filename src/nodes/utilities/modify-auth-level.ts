import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Raises or lowers the authentication level. Source: "Modify Auth Level node". */
export const modifyAuthLevel = defineNode({
  type: 'ModifyAuthLevelNode',
  version: '1.0',
  title: 'Modify Auth Level',
  help: 'Adds to the authentication level that the journey has reached; a negative value takes away.',
  tags: ['utilities'],
  config: z.object({
    authLevelIncrement: setting('Value To Add', 'How much to add to the level.', z.int().default(0)),
  }),
  outcomes: singleOutcome,
  reads: () => ['authLevel'],
  writes: () => ['authLevel'],
  needs: [],
  run({ config, state }) {
    const level = state.get('authLevel')
    state.putShared('authLevel', (typeof level === 'number' ? level : 0) + config.authLevelIncrement)
    return goTo('outcome')
  },
})

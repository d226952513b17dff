import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { oneTimePassword } from './one-time-password.ts'

/** Makes up a one-time password and keeps it for the nodes that send and ask it. Source: "HOTP Generator node". */
export const oneTimePasswordGenerator = defineNode({
  type: 'OneTimePasswordGeneratorNode',
  version: '1.0',
  title: 'HOTP Generator',
  help: 'Makes a random one-time password of digits, for the nodes that send it and that ask for it.',
  tags: ['multi-factor authentication'],
  config: z.object({
    length: setting(
      'One Time Password Length',
      'How many digits it has.',
      z.int().min(4, 'must be 4 or more: fewer digits are guessed').max(64).default(8),
    ),
  }),
  outcomes: singleOutcome,
  writes: () => Object.values(oneTimePassword),
  needs: ['secrets'],
  reference: {
    keys: {
      [oneTimePassword.value]: 'The digits.',
      [oneTimePassword.madeAt]: 'When they were made, in seconds.',
    },
  },
  run({ config, state, secrets, now }) {
    state.putTransient(oneTimePassword.value, secrets.digits(config.length))
    state.putTransient(oneTimePassword.madeAt, Math.floor(now / 1000))
    return goTo('outcome')
  },
})

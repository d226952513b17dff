import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { oneTimePassword } from './one-time-password.ts'

/** Creates a one-time password for the nodes that send it and check it. Source: "HOTP Generator node". */
export const oneTimePasswordGenerator = defineNode({
  type: 'OneTimePasswordGeneratorNode',
  title: 'HOTP Generator',
  help: 'Creates a random one-time password of digits, for the nodes that send it and check it.',
  tags: ['multi-factor authentication'],
  config: () =>
    z.object({
      length: setting(
        'One Time Password Length',
        'Number of digits.',
        z.int().min(4, 'must be at least 4: shorter passwords can be guessed').max(64).default(8),
      ),
    }),
  outcomes: singleOutcome,
  writes: () => Object.values(oneTimePassword),
  needs: ['secrets'],
  reference: {
    keys: {
      [oneTimePassword.value]: 'The digits.',
      [oneTimePassword.madeAt]: 'Time of its creation, in epoch seconds.',
    },
  },
  run({ config, state, secrets, now }) {
    state.putTransient(oneTimePassword.value, secrets.digits(config.length))
    state.putTransient(oneTimePassword.madeAt, Math.floor(now / 1000))
    return goTo('outcome')
  },
})

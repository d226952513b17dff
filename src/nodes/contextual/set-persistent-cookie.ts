import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { cookieFlags, persistentCookieSettings } from './cookie-settings.ts'

const hourMs = 3_600_000

const { idleTimeout, ...others } = persistentCookieSettings

/** Leaves a cookie that signs the person in again. Source: "Set Persistent Cookie node". */
export const setPersistentCookie = defineNode({
  type: 'SetPersistentCookieNode',
  version: '1.0',
  title: 'Set Persistent Cookie',
  help: 'Leaves a cookie, when the journey ends in a session, that a Persistent Cookie Decision node takes for a sign-in.',
  tags: ['contextual'],
  config: z.object({
    idleTimeout,
    maxLife: setting('Max Life', 'Hours that the cookie may be used at all.', z.int().positive().default(5)),
    ...others,
  }),
  outcomes: singleOutcome,
  needs: [],
  reference: { outputs: 'a cookie of the browser, when the journey ends in a session' },
  run({ config, now }) {
    const expiresAt = now + config.maxLife * hourMs
    return goTo('outcome', { persistentCookie: { ...cookieFlags(config), expiresAt } })
  },
})

import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { cookieFlags, persistentCookieSettings } from './cookie-settings.ts'

const hourMs = 3_600_000

const { idleTimeout, ...others } = persistentCookieSettings

/** Sets a cookie that signs the person in again. Source: "Set Persistent Cookie node". */
export const setPersistentCookie = defineNode({
  type: 'SetPersistentCookieNode',
  title: 'Set Persistent Cookie',
  help: 'Sets a cookie when the journey ends in a session. A Persistent Cookie Decision node accepts it as a sign-in.',
  tags: ['contextual'],
  config: () =>
    z.object({
      idleTimeout,
      maxLife: setting(
        'Max Life',
        'Hours until the cookie expires, however often it is used.',
        z.int().positive().default(5),
      ),
      ...others,
    }),
  outcomes: singleOutcome,
  reference: { outputs: 'a cookie in the browser, when the journey ends in a session' },
  run({ config, now }) {
    const expiresAt = now + config.maxLife * hourMs
    return goTo('outcome', { persistentCookie: { ...cookieFlags(config), expiresAt } })
  },
})

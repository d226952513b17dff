import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { persistentCookieIn } from '../../engine/cookie.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, flagSetting } from '../define-node.ts'
import { cookieFlags, persistentCookieSettings } from './cookie-settings.ts'

const { idleTimeout, ...others } = persistentCookieSettings

/**
 * Accepts the cookie of a Set Persistent Cookie node as a sign-in. A success renews it, up to its maximum life. Source:
 * "Persistent Cookie Decision node".
 */
export const persistentCookieDecision = defineNode({
  type: 'PersistentCookieDecisionNode',
  title: 'Persistent Cookie Decision',
  help: 'Decides whether the browser has a valid persistent cookie from an earlier sign-in, and identifies the person.',
  tags: ['contextual'],
  config: () =>
    z.object({
      idleTimeout,
      enforceClientIp: flagSetting(
        'Enforce Client IP',
        'Accepts the cookie only from the IP address where it was set.',
      ),
      ...others,
    }),
  outcomes: decisionOutcomes,
  writes: () => ['username'],
  proves: { true: 'cookie' },
  needs: ['identities', 'persistentCookies'],
  reference: {
    inputs: 'the cookie, and with **Enforce Client IP** the address of the client',
    outputs: 'the identified person, and the cookie, which is renewed when the journey ends in a session',
    outcomes: { true: 'The browser has a valid cookie.', false: 'The browser has no valid cookie.' },
  },
  async run({ config, state, realm, request, identities, persistentCookies, log }) {
    const { signingKey, ...flags } = cookieFlags(config)
    const sent = persistentCookieIn(request.persistentCookies, flags.name, realm)
    if (sent === undefined) return goTo('false')
    const remembered = await persistentCookies.read(sent, signingKey)
    const isElsewhere = config.enforceClientIp && remembered?.clientIp !== request.clientIp
    const person = remembered && !isElsewhere ? await identities.find(remembered.personId) : undefined
    if (remembered === undefined || person?._id !== remembered.personId) {
      log.debug('persistent cookie rejected')
      return goTo('false')
    }
    state.putShared('username', person.userName)
    return goTo('true', {
      identified: { kind: 'user', name: person.userName },
      persistentCookie: { ...flags, signingKey, expiresAt: remembered.expiresAt },
    })
  },
})

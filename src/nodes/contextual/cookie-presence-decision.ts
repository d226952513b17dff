import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { persistentCookieIn } from '../../engine/cookie.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Decides whether the client sent a cookie, whatever its value. Source: "Cookie Presence Decision node". */
export const cookiePresenceDecision = defineNode({
  type: 'CookiePresenceDecisionNode',
  title: 'Cookie Presence Decision Node',
  help: 'Takes the outcome `true` if the request has a cookie of the given name. Any client can send one, so it proves nothing.',
  tags: ['contextual'],
  config: () =>
    z.object({
      cookieName: setting('Name of Cookie', 'Name of the cookie, case-sensitive.', z.string().min(1)),
    }),
  outcomes: decisionOutcomes,
  reference: { inputs: 'the cookies of the request' },
  run({ config: { cookieName }, realm, request: { cookies, persistentCookies } }) {
    const isSent =
      Object.hasOwn(cookies, cookieName) ||
      persistentCookieIn(persistentCookies, cookieName, realm) !== undefined
    return goTo(isSent ? 'true' : 'false')
  },
})

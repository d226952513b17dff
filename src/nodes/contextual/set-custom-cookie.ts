import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { cookieName, sameSite } from './cookie-settings.ts'

/** Attributes of a cookie end at a semicolon. Source: RFC 6265, section 4.1.1. */
const attribute = z.string().regex(/^[\x20-\x3A\x3C-\x7E]*$/)

const unreadDomain = 'the domain of a cookie is a variable, so that the cookie is for this server alone'

/** Sets a cookie with the answer to this request. Source: "Set Custom Cookie node". */
export const setCustomCookie = defineNode({
  type: 'SetCustomCookieNode',
  version: '1.0',
  title: 'Set Custom Cookie',
  help: 'Sets a cookie in the browser at once, whatever becomes of the journey.',
  tags: ['contextual'],
  config: z.object({
    name: setting('Custom Cookie Name', 'Name of the cookie.', cookieName),
    value: setting('Custom Cookie Value', 'Value of the cookie, the same for everybody.', attribute),
    maxAge: setting(
      'Max Age',
      'Seconds that it lasts. Unset means until the browser closes.',
      z.int().nullish(),
    ),
    domain: setting(
      'Custom Cookie Domain',
      'Domain that it is for. Unset means this server alone, and so does a variable such as `&{esv.domain}`.',
      z
        .string()
        .regex(/^(?:[\w.-]*|&\{[\w.-]+\})$/)
        .nullish(),
    ),
    path: setting('Custom Cookie Path', 'Path that it is for, such as `/`.', attribute.nullish()),
    useSecureCookie: setting(
      'Use Secure Cookie',
      'Whether browsers send it over encrypted connections alone.',
      z.boolean().default(false),
    ),
    useHttpOnlyCookie: setting(
      'Use HTTP Only Cookie',
      'Whether it is hidden from the scripts of pages.',
      z.boolean().default(false),
    ),
    sameSite: setting(
      'Custom Cookie SameSite attribute',
      'Whether browsers send it with what pages of other sites cause.',
      sameSite,
    ),
  }),
  outcomes: singleOutcome,
  errors: {
    warn: {
      [unreadDomain]:
        '**Custom Cookie Domain** is a variable. Journeys read none, since it might be a secret.',
    },
  },
  needs: [],
  reference: { outputs: 'a cookie of the browser' },
  run({ config, log }) {
    const { name, value, maxAge, domain, path, useSecureCookie, useHttpOnlyCookie, sameSite } = config
    const isVariable = domain?.startsWith('&{') === true
    if (isVariable) log.warn(unreadDomain)
    const cookie = {
      name,
      value,
      isSecure: useSecureCookie,
      isHttpOnly: useHttpOnlyCookie,
      sameSite,
      ...(typeof maxAge === 'number' ? { maxAgeSeconds: maxAge } : {}),
      ...(domain && !isVariable ? { domain } : {}),
      ...(path ? { path } : {}),
    }
    return goTo('outcome', { cookies: [cookie] })
  },
})

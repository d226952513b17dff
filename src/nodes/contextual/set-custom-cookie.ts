import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { isPersistentCookie } from '../../engine/server-cookies.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import { cookieName, sameSite } from './cookie-settings.ts'

/** A semicolon would end a cookie attribute. Source: RFC 6265, section 4.1.1. */
const attribute = z.string().regex(/^[\x20-\x3A\x3C-\x7E]*$/)

/** With a persistent cookie, the author of one realm could sign visitors of another in as their own account there. */
// rule S23: otherwise a node plants a persistent cookie, which signs visitors in
const value = attribute.refine((text) => !isPersistentCookie(text), 'The server makes this value itself')

const unreadDomain = 'cookie domain is a variable and was ignored; the cookie is for this server only'

/** Sets a cookie with the response to this request. Source: "Set Custom Cookie node". */
export const setCustomCookie = defineNode({
  type: 'SetCustomCookieNode',
  title: 'Set Custom Cookie',
  help: 'Sets a cookie in the browser immediately, however the journey ends.',
  tags: ['contextual'],
  config: () =>
    z.object({
      name: setting('Custom Cookie Name', 'Name of the cookie.', cookieName),
      value: setting('Custom Cookie Value', 'Value of the cookie, the same for everyone.', value),
      maxAge: setting('Max Age', 'Lifetime in seconds. Unset: until the browser closes.', z.int().nullish()),
      domain: setting(
        'Custom Cookie Domain',
        'Domain of the cookie. Unset or a variable such as `&{esv.domain}`: this server only.',
        z
          .string()
          .regex(/^(?:[\w.-]*|&\{[\w.-]+\})$/)
          .nullish(),
      ),
      path: setting('Custom Cookie Path', 'Path of the cookie, such as `/`.', attribute.nullish()),
      useSecureCookie: flagSetting('Use Secure Cookie', 'Sends the cookie over encrypted connections only.'),
      useHttpOnlyCookie: flagSetting('Use HTTP Only Cookie', 'Hides the cookie from scripts in pages.'),
      sameSite: setting(
        'Custom Cookie SameSite attribute',
        'Controls whether browsers send the cookie with requests from other sites.',
        sameSite,
      ),
    }),
  outcomes: singleOutcome,
  errors: {
    warn: {
      [unreadDomain]:
        '**Custom Cookie Domain** is a variable. Journeys don’t read variables, which may be secrets.',
    },
  },
  reference: { outputs: 'a cookie in the browser' },
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

import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
import { decodeEncodedWords } from './encoded-words.ts'

/**
 * Takes username and password from request headers, so that a sign-in needs no callbacks. Source: "Zero Page Login
 * Collector node".
 */
export const zeroPageLogin = defineNode({
  type: 'ZeroPageLoginNode',
  title: 'Zero Page Login Collector',
  help: 'Takes the username and password from request headers. Without them, it takes the outcome `false`.',
  tags: ['basic authn', 'basic authentication'],
  family: 'collect',
  config: () =>
    z.object({
      usernameHeader: textSetting('Username Header Name', 'Header with the username.', 'X-OpenAM-Username'),
      passwordHeader: textSetting('Password Header Name', 'Header with the password.', 'X-OpenAM-Password'),
      allowWithoutReferer: flagSetting(
        'Allow Without Referer',
        'Accepts credentials without a `Referer` header. Otherwise the header must be in the whitelist.',
        true,
      ),
      referrerWhiteList: setting(
        'Referer Whitelist',
        'Accepted values of `Referer`, compared exactly.',
        z.array(z.string()).default([]),
      ),
    }),
  outcomes: { all: { true: 'Has Credentials', false: 'No Credentials' } },
  writes: () => ['username', 'password'],
  errors: {
    error: {
      'expecting only one header value for username and/or password but size is ‹number›':
        'A header was sent more than once.',
    },
    fail: {
      'Expecting only one header value for username and/or password but size is‹number›':
        'A header was sent more than once.',
    },
  },
  reference: {
    inputs: 'the headers of the request',
    outcomes: {
      true: 'The request has credentials.',
      false: 'The request has none, or its referer is not accepted.',
    },
  },
  run({ config, state, request, log }) {
    const usernames = request.headers[config.usernameHeader.toLowerCase()]
    const passwords = request.headers[config.passwordHeader.toLowerCase()]
    if (usernames === undefined && passwords === undefined) return goTo('false')
    const referers = request.headers.referer ?? []
    if (!config.allowWithoutReferer && !referers.some((from) => config.referrerWhiteList.includes(from))) {
      return goTo('false')
    }
    const odd = [usernames, passwords].find((values) => values !== undefined && values.length !== 1)
    if (odd !== undefined) {
      log.error(`expecting only one header value for username and/or password but size is ${odd.length}`)
      // AM leaves no space before the number.
      return fail(`Expecting only one header value for username and/or password but size is${odd.length}`)
    }
    const [username] = usernames ?? []
    const [password] = passwords ?? []
    if (username !== undefined) state.putShared('username', decodeEncodedWords(username))
    if (password !== undefined) state.putTransient('password', decodeEncodedWords(password))
    return goTo('true')
  },
})

import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { systemProperties } from '../../engine/system-properties.ts'
import { defineNode, setting } from '../define-node.ts'

/** Length of a key for AES-128-CBC with HMAC-SHA-256. */
const keyBytes = 32

/** Stores the encrypted password in the session. Source: "JWT Password Replay node". */
export const jwtPasswordReplay = defineNode({
  type: 'JwtPasswordReplayNode',
  title: 'JWT Password Replay',
  help: 'Stores the password in the session, encrypted for a gateway that signs in to older applications with it.',
  tags: ['utilities', 'session'],
  config: () =>
    z.object({
      encryptionKeySecretLabelIdentifier: setting(
        'Encryption Key Secret Label Identifier',
        'Label of the key in the server’s environment: `my.key` is read from `ESV_MY_KEY`. The key is 32 bytes in base64, and the gateway has the same one.',
        z.string().min(1),
        'secretLabel',
      ),
      jwtSessionProperty: setting(
        'JWT Session Property Name',
        'Session property that gets the encrypted password.',
        z.string().min(1).default('sunIdentityUserPassword'),
        'sessionProperty',
      ),
    }),
  outcomes: singleOutcome,
  reads: () => ['password'],
  errors: {
    fail: {
      'Cannot set system session property ‹jwtSessionProperty›': 'Only the server sets this property.',
      'No password to replay': 'No earlier node asked for the password.',
      'No encryption key found': 'The label names no secret.',
      'The encryption key is not 32 bytes in base64': 'The secret is of another kind.',
    },
  },
  needs: ['web', 'encryption'],
  reference: {
    outputs: 'the session property, a JWT with the claim `password` (JWE with `dir` and `A128CBC-HS256`)',
    example:
      'After the password check of a journey whose sessions a gateway turns into sign-ins at an application without single sign-on.',
  },
  async run({ config, state, web, encryption }) {
    const { encryptionKeySecretLabelIdentifier: label, jwtSessionProperty: property } = config
    if (systemProperties.has(property)) return fail(`Cannot set system session property ${property}`)
    const password = state.getText('password')
    if (!password) return fail('No password to replay')
    const secret = web.secret(label)
    if (!secret) return fail('No encryption key found')
    const key = Buffer.from(secret.trim(), 'base64')
    if (key.length !== keyBytes) return fail('The encryption key is not 32 bytes in base64')
    return goTo('outcome', { sessionProperties: { [property]: await encryption.jwt({ password }, key) } })
  },
})

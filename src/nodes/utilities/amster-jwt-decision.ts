import { z } from 'zod'
import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, textSetting } from '../define-node.ts'

/** Transient state key of the nonce that the token must repeat. The name is the vendor's. */
const nonceKey = 'amster.nonce'
const refusal = 'token rejected'

/** Authenticates a tool by the key of an administrator. Source: "Amster JWT Decision node". */
export const amsterJwtDecision = defineNode({
  type: 'AmsterJwtDecisionNode',
  title: 'Amster Jwt Decision Node',
  help: 'Authenticates a tool by a token signed with an authorized key, and identifies its person.',
  tags: ['utilities'],
  config: () =>
    z.object({
      authorizedKeys: textSetting(
        'Authorized Keys',
        'File of keys in OpenSSH format, in the server’s data folder `@BASE_DIR@`.',
        '@BASE_DIR@/security/keys/amster/authorized_keys',
      ),
    }),
  outcomes: decisionOutcomes,
  reads: () => [nonceKey],
  writes: () => ['username', nonceKey],
  callbacks: { HiddenValueCallback: 'Asks the tool for a token that repeats a nonce.' },
  errors: { warn: { [refusal]: 'The log line says why.' } },
  proves: { true: 'swk' },
  needs: ['identities', 'authorizedKeys', 'secrets'],
  reference: {
    inputs: 'the address of the client, if a key has a `from`',
    outputs: 'the identified person',
    keys: { [nonceKey]: 'Nonce that the token must repeat.' },
    outcomes: { true: 'The token is valid.', false: 'The token is invalid, or its person is unknown.' },
  },
  async run({ config, state, answers, request, now, identities, authorizedKeys, secrets, log }) {
    const nonce = state.getText(nonceKey)
    if (nonce === undefined) {
      const value = secrets.hex(32)
      state.putTransient(nonceKey, value)
      return send([callback('HiddenValueCallback', { value, id: 'jwt' })])
    }
    state.remove(nonceKey)
    const token = textAnswer(answers, 'HiddenValueCallback') ?? ''
    const { clientIp } = request
    const result = await authorizedKeys.verify(token, { file: config.authorizedKeys, clientIp, now })
    const { sub: name, nonce: repeated } = 'claims' in result ? result.claims : {}
    const person = typeof name === 'string' ? await identities.find(name) : undefined
    if (repeated !== nonce || person === undefined) {
      const problem = 'problem' in result ? result.problem : 'another nonce, or an unknown person'
      log.warn(refusal, { problem })
      return goTo('false')
    }
    state.putShared('username', person.userName)
    return goTo('true', { identified: { kind: 'user', name: person.userName } })
  },
})

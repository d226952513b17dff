import { z } from 'zod'
import { goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, setting } from '../define-node.ts'

/** Transient state: what the token has to repeat. The name is the vendor's. */
const nonceKey = 'amster.nonce'
const refusal = 'the token does not count'

/** Signs in a tool that has a key of somebody who may administer. Source: "Amster JWT Decision node". */
export const amsterJwtDecision = defineNode({
  type: 'AmsterJwtDecisionNode',
  version: '1.0',
  title: 'Amster Jwt Decision Node',
  help: 'Decides whether a tool has signed a token with a key that the server has on file, and for whom.',
  tags: ['utilities'],
  config: z.object({
    authorizedKeys: setting(
      'Authorized Keys',
      'A file of keys as OpenSSH has them, in the data folder of the server, which is `@BASE_DIR@`.',
      z.string().default('@BASE_DIR@/security/keys/amster/authorized_keys'),
    ),
  }),
  outcomes: decisionOutcomes,
  reads: () => [nonceKey],
  writes: () => ['username', nonceKey],
  callbacks: { HiddenValueCallback: 'Asks the tool for a token that repeats a nonce.' },
  errors: { warn: { [refusal]: 'The line says why.' } },
  proves: { true: 'swk' },
  needs: ['identities', 'authorizedKeys', 'secrets'],
  reference: {
    inputs: 'the address of the client, where a key has a `from`',
    outputs: 'who the person is',
    keys: { [nonceKey]: 'What the token has to repeat.' },
    outcomes: { true: 'It is such a token.', false: 'It is not, or it is for nobody here.' },
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
      const problem = 'problem' in result ? result.problem : 'it is of another request, or for nobody'
      log.warn(refusal, { problem })
      return goTo('false')
    }
    state.putShared('username', person.userName)
    return goTo('true', { identified: { kind: 'user', name: person.userName } })
  },
})

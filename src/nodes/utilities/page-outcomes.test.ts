import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { type Answer, callback } from '../../engine/callbacks.ts'
import { type AnyNodeType, outcomesOf } from '../../engine/node-type.ts'
import { passwordCollector } from '../basic-authentication/password-collector.ts'
import { usernameCollector } from '../basic-authentication/username-collector.ts'
import { selectIdp } from '../identity-management/select-idp.ts'
import { webauthnAuthenticationV2 } from '../multi-factor/webauthn-authentication.ts'
import type { NodePort } from '../ports/ports.ts'
import { pageNode, pageNodeV2 } from './page.ts'

const types: Readonly<Record<string, AnyNodeType>> = {
  name: usernameCollector,
  password: passwordCollector,
  idp: selectIdp,
  passkey: webauthnAuthenticationV2,
}

const questions = {
  name: callback('NameCallback', { prompt: 'Name' }),
  password: callback('PasswordCallback', { prompt: 'Password' }),
  idp: callback('SelectIdPCallback', { providers: [], value: '' }),
  passkey: callback('HiddenValueCallback', { value: 'false', id: 'webAuthnOutcome' }),
}

/** A page of these nodes. A field continues when it is filled in; other nodes leave by the outcome that they are sent. */
function pageOf(ids: readonly (keyof typeof questions)[], typed: Partial<Record<string, string>> = {}) {
  const ran: string[] = []
  const nodes: NodePort = {
    typeNamed: () => undefined,
    childType: (id) => types[id],
    imitate: async () => fail('a page imitates nothing'),
    runChild: async ({ id, answers, state }): Promise<Action> => {
      ran.push(id)
      const text = answers[0]?.input['']
      if (id === 'name' && text) {
        state.putShared('username', text).putShared('objectAttributes', { userName: text })
      }
      if (id === 'password') {
        state.putTransient('password.asked', !text)
        // With what other nodes put there, as attribute collectors do.
        state.putShared('objectAttributes', state.getObject('objectAttributes'))
      }
      if (!text) return send([questions[id as keyof typeof questions]])
      return goTo(id === 'name' || id === 'password' ? 'outcome' : String(text))
    },
  }
  const isFirst = Object.keys(typed).length === 0
  const config = { nodes: ids.map((id) => ({ _id: id, nodeType: types[id]?.type ?? '', displayName: id })) }
  const answers: Answer[] = isFirst
    ? []
    : ids.map((id, place) => ({ ...answer(questions[id].type, typed[id] ?? ''), id: place }))
  const shared = isFirst
    ? {}
    : { pageNodeCallbacks: Object.fromEntries(ids.map((_, place) => [place, place])) }
  return { ran, run: runNode(pageNodeV2, { config, answers, shared, ports: { nodes } }) }
}

const all = ['name', 'password', 'idp', 'passkey'] as const
const noChoice = ['name', 'password', 'passkey'] as const

test('shows standalone nodes with the others, in their order', async () => {
  const { action, state } = await pageOf(all).run
  expect(callbacksOf(action).map(({ type }) => type)).toEqual([
    'NameCallback',
    'PasswordCallback',
    'SelectIdPCallback',
    'HiddenValueCallback',
  ])
  expect(Object.values(state.shared.pageNodeCallbacks ?? {})).toEqual([0, 1, 2, 3])
})

test.each([
  ['a passkey', all, { passkey: 'success' }, 'passkey-success'],
  ['a passkey that is refused', all, { name: 'kim', password: 'x', passkey: 'failure' }, 'passkey-failure'],
  ['a provider', all, { idp: 'socialAuthentication' }, 'idp-socialAuthentication'],
  ['no passkey without a text', noChoice, { passkey: 'unsupported' }, 'passkey-unsupported'],
] as const)('is left by %s', async (_case, ids, typed, outcome) => {
  const { action, state } = await pageOf(ids, typed).run
  expect(outcomeOf(action)).toBe(outcome)
  expect(state.shared).toEqual({})
})

test('never runs the fields beside a passkey, whose owner may be another person', async () => {
  const { ran, run } = pageOf(noChoice, { name: 'sam', password: 'right', passkey: 'success' })
  expect(outcomeOf((await run).action)).toBe('passkey-success')
  expect(ran).toEqual(['passkey'])
})

test.each([
  ['unused', ''],
  ['unsupported', 'unsupported'],
  ['cancelled', 'error'],
])('continues with the fields if the passkey is %s', async (_case, passkey) => {
  const { action } = await pageOf(noChoice, { name: 'kim', password: 'x', passkey }).run
  expect(outcomeOf(action)).toBe('password-outcome')
})

test('asks for a passkey again if a field is still empty', async () => {
  const { action } = await pageOf(noChoice, { name: 'kim', passkey: 'error' }).run
  expect(callbacksOf(action).map(({ type, id }) => [type, id])).toEqual([
    ['NameCallback', 0],
    ['PasswordCallback', 3],
    ['HiddenValueCallback', 4],
  ])
})

test('forgets the fields that are filled in while it waits, in case that a passkey leaves it', async () => {
  const waiting = await pageOf(noChoice, { name: 'kim' }).run
  expect(waiting.action.kind).toBe('send')
  expect(waiting.state.shared).toEqual({ pageNodeCallbacks: expect.any(Object) })
  expect(waiting.state.transient).toEqual({ 'password.asked': true })
  const done = await pageOf(noChoice, { name: 'kim', password: 'x' }).run
  expect(done.state.shared).toEqual({ username: 'kim', objectAttributes: { userName: 'kim' } })
})

test('leaves by the local choice of a provider once the fields are filled in', async () => {
  const local = { idp: 'localAuthentication' }
  const missing = await pageOf(all, { ...local, name: 'kim' }).run
  expect(missing.action.kind).toBe('send')
  const { action } = await pageOf(all, { ...local, name: 'kim', password: 'x' }).run
  expect(outcomeOf(action)).toBe('idp-localAuthentication')
})

test('waits for the choice of a provider', async () => {
  const { action } = await pageOf(all, { name: 'kim', password: 'x' }).run
  expect(action.kind).toBe('send')
})

test('waits for a passkey that is alone', async () => {
  expect((await pageOf(['passkey'], { passkey: '' }).run).action.kind).toBe('send')
})

/** Outcome ids of a page with these nodes, with settings by node. */
function outcomeIds(page: AnyNodeType, ids: readonly string[], configs: Record<string, object> = {}) {
  const list = ids.map((id) => ({ _id: id, nodeType: types[id]?.type, displayName: id }))
  const typeNamed = (name: string) => Object.values(types).find(({ type }) => type === name)
  const child = (id: string) => ({
    type: types[id]?.type ?? '',
    version: '1.0',
    displayName: id,
    config: { ...configs[id] },
    reads: [],
  })
  return outcomesOf(page, page.config.parse({ nodes: list }), { typeNamed, child }).map(({ id }) => id)
}

const ofPasskey = ['unsupported', 'noDevice', 'success', 'failure', 'error'].map((id) => `passkey-${id}`)

test('has the outcomes of several nodes', () => {
  expect(outcomeIds(pageNodeV2, noChoice)).toEqual(['password-outcome', ...ofPasskey])
  expect(outcomeIds(pageNodeV2, all)).toEqual([
    'idp-socialAuthentication',
    'idp-localAuthentication',
    ...ofPasskey,
  ])
  const onlySocial = { idp: { includeLocalAuthentication: false } }
  expect(outcomeIds(pageNodeV2, all, onlySocial)).toEqual([
    'password-outcome',
    'idp-socialAuthentication',
    ...ofPasskey,
  ])
})

test('has only the outcomes of the last node in version 1.0, or if a standalone node is not at the end', () => {
  expect(outcomeIds(pageNode, all)).toHaveLength(5)
  expect(outcomeIds(pageNodeV2, ['passkey', 'name'])).toEqual(['name-outcome'])
})

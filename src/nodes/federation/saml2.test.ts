import { beforeEach, expect, test } from 'vitest'
import { callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { SamlPort, SamlProfile } from '../ports/outside-ports.ts'
import type { IdentityPort, Person } from '../ports/ports.ts'
import { saml2 } from './saml2.ts'

const ann: SamlProfile = {
  sp: 'sp',
  idp: 'idp',
  nameId: { value: 'ann-1', format: 'persistent', nameQualifier: '', spNameQualifier: 'sp' },
  sessionIndex: 'index-1',
  attributes: { mail: ['ann@example.com', 'second@example.com'], cn: ['Ann Lee'] },
  account: { isTransient: false, userName: undefined, attribute: undefined },
}

let asked: unknown[]
let people: Person[]
let profile: SamlProfile | Error
let started: SamlProfile | Error | undefined

beforeEach(() => {
  asked = []
  people = []
  profile = ann
  started = undefined
})

const saml: SamlPort = {
  async begin(...all) {
    asked.push(all)
    return { url: 'https://idp.example.com/sso?SAMLRequest=x', method: 'GET', pending: { requestId: '_1' } }
  },
  async finish(...all) {
    asked.push(all)
    if (profile instanceof Error) throw profile
    return profile
  },
  async startedThere(...all) {
    asked.push(all)
    if (started instanceof Error) throw started
    return started
  },
}

const identities: Partial<IdentityPort> = {
  findByAttribute: async (name, value) =>
    people.filter((person) => [person[name]].flat().some((each) => each === value)),
  find: async (name) => people.find(({ userName }) => userName === name),
}

const ports = { saml, identities: identities as IdentityPort }
const config = { idpEntityId: 'idp', metaAlias: '/alpha/sp' }

const comeBack = (parameters: Record<string, string[]> = { responsekey: ['key'] }, more: JsonObject = {}) =>
  runNode(saml2, {
    config: { ...config, ...more },
    ports,
    secure: { 'node-1.pending': { requestId: '_1' } },
    request: { parameters },
  })

test('redirects the browser to the identity provider according to the settings', async () => {
  const settings = {
    ...config,
    authnContextClassRef: ['a class'],
    authnContextDeclRef: ['a declaration'],
    authComparison: 'EXACT',
    forceAuthn: true,
  }
  const request = { headers: { referer: ['https://app.example.com/'] } }
  const { action, state } = await runNode(saml2, { config: settings, ports, request })
  expect(callbacksOf(action)).toEqual([
    {
      type: 'RedirectCallback',
      output: {
        redirectUrl: 'https://idp.example.com/sso?SAMLRequest=x',
        redirectMethod: 'GET',
        trackingCookie: true,
      },
    },
  ])
  expect(asked).toEqual([
    [
      { metaAlias: '/alpha/sp', idp: 'idp' },
      expect.objectContaining({
        classes: ['a class'],
        declarations: ['a declaration'],
        authComparison: 'EXACT',
        forceAuthn: true,
        isPassive: false,
        allowCreate: true,
        requestBinding: 'HTTP_REDIRECT',
        binding: 'HTTP_ARTIFACT',
        nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      }),
      'https://app.example.com/',
    ],
  ])
  expect(state.transient).toEqual({ 'node-1.pending': { requestId: '_1' } })
})

test('sends a form for the POST binding', async () => {
  const data = { SAMLRequest: 'x' }
  const byForm: SamlPort = {
    ...saml,
    begin: async () => ({ url: 'https://idp.example.com/', method: 'POST', data, pending: {} }),
  }
  const { action } = await runNode(saml2, { config, ports: { ...ports, saml: byForm } })
  expect(callbacksOf(action)[0]?.output).toMatchObject({ redirectMethod: 'POST', redirectData: data })
})

test('fails if the identity provider is not configured', async () => {
  const unconfigured: SamlPort = { ...saml, begin: () => Promise.reject(new Error('not configured')) }
  const { action } = await runNode(saml2, { config, ports: { ...ports, saml: unconfigured } })
  expect(action).toEqual({ kind: 'error', message: 'The identity provider cannot be asked' })
})

test('bounds the session by that of the provider, with and without an account', async () => {
  profile = { ...ann, sessionEndsAt: 5 }
  expect((await comeBack()).action).toMatchObject({ outcome: 'NO_ACCOUNT', sessionEndsAt: 5 })
  people = [{ _id: 'id', userName: 'ann', 'sun-fm-saml2-nameid-infokey': ['sp|idp|ann-1'] }]
  expect((await comeBack()).action).toMatchObject({ outcome: 'ACCOUNT_EXISTS', sessionEndsAt: 5 })
})

test('takes the outcome NO_ACCOUNT with the provider’s data and the link for a new account', async () => {
  const { action, state } = await comeBack()
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'NO_ACCOUNT',
    sessionProperties: {
      SessionIndex: 'index-1',
      NameID: 'ann-1',
      isTransient: 'false',
      SamlSession: JSON.stringify({
        metaAlias: '/alpha/sp',
        idp: 'idp',
        nameId: ann.nameId,
        sessionIndex: 'index-1',
      }),
    },
  })
  expect(state.shared).toEqual({
    userInfo: {
      attributes: {
        mail: ['ann@example.com', 'second@example.com'],
        cn: ['Ann Lee'],
        'sun-fm-saml2-nameid-infokey': ['sp|idp|ann-1'],
        'sun-fm-saml2-nameid-info': ['sp|idp|ann-1|null|persistent|null|sp|SPRole|false'],
      },
      userNames: {},
    },
    emailAddress: 'ann@example.com',
  })
  expect(state.secure).toEqual({})
})

test('takes the outcome ACCOUNT_EXISTS for a linked account and identifies it', async () => {
  people = [{ _id: 'u-1', userName: 'ann', 'sun-fm-saml2-nameid-infokey': ['sp|idp|ann-1'] }]
  const { action, state } = await comeBack()
  expect(action).toMatchObject({ outcome: 'ACCOUNT_EXISTS', identified: { kind: 'user', name: 'u-1' } })
  expect(state.shared.username).toBe('ann')
  expect(state.shared.userInfo).toEqual({
    attributes: ann.attributes,
    userNames: { username: ['ann'], uid: ['ann'] },
  })
})

test.each([
  ['an attribute', { attribute: { name: 'mail', value: 'ann@example.com' } }],
  ['the username as an attribute', { attribute: { name: 'uid', value: 'ann' } }],
  ['the identifier itself', { userName: 'ann' }],
])('finds an account by %s', async (_, account) => {
  people = [{ _id: 'u-1', userName: 'ann', mail: 'ann@example.com' }]
  profile = { ...ann, account: { ...ann.account, ...account } }
  const { action, state } = await comeBack()
  expect(outcomeOf(action)).toBe('ACCOUNT_EXISTS')
  expect(state.shared.username).toBe('ann')
})

test('ignores and creates no link for a transient identifier', async () => {
  people = [{ _id: 'u-1', userName: 'ann', 'sun-fm-saml2-nameid-infokey': ['sp|idp|ann-1'] }]
  profile = { ...ann, attributes: {}, account: { ...ann.account, isTransient: true } }
  const { action, state } = await comeBack()
  expect(outcomeOf(action)).toBe('NO_ACCOUNT')
  expect(state.shared).toEqual({ userInfo: { attributes: {}, userNames: {} } })
})

test('stores the username of a new account', async () => {
  profile = { ...ann, account: { ...ann.account, userName: 'ann' } }
  const { action, state } = await comeBack()
  expect(outcomeOf(action)).toBe('NO_ACCOUNT')
  expect(state.shared.username).toBe('ann')
})

test('takes the outcome ERROR if two accounts are linked', async () => {
  people = ['a', 'b'].map((name) => ({
    _id: name,
    userName: name,
    'sun-fm-saml2-nameid-infokey': ['sp|idp|ann-1'],
  }))
  expect((await comeBack()).action).toEqual({ kind: 'goTo', outcome: 'ERROR' })
})

test('takes the outcome ERROR for an invalid response, which can’t be used again', async () => {
  profile = new Error('expired')
  const { action, state, log } = await comeBack()
  expect(action).toEqual({ kind: 'goTo', outcome: 'ERROR' })
  expect(state).toMatchObject({ shared: {}, secure: {} })
  expect(log).toEqual([{ level: 'warn', message: 'SAML 2.0 sign-in failed' }])
})

test('takes the outcome ERROR if the browser returns without a response', async () => {
  expect((await comeBack({})).action).toEqual({ kind: 'goTo', outcome: 'ERROR' })
})

test('accepts any trusted identity provider if configured', async () => {
  await comeBack(undefined, { validateIdpEntityId: false })
  expect(asked).toEqual([[{ metaAlias: '/alpha/sp', idp: undefined }, { requestId: '_1' }, 'key']])
})

test('sends a request for a response without one', async () => {
  const { action } = await runNode(saml2, { config, ports, request: { parameters: { responsekey: ['x'] } } })
  expect(callbacksOf(action)[0]?.type).toBe('RedirectCallback')
})

const startThere = (more: JsonObject = {}) =>
  runNode(saml2, { config: { ...config, ...more }, ports, request: { parameters: { responsekey: ['key'] } } })

test('takes a sign-in that started at the identity provider', async () => {
  started = ann
  people = [{ _id: 'id', userName: 'ann', 'sun-fm-saml2-nameid-infokey': ['sp|idp|ann-1'] }]
  const { action } = await startThere({ forceAuthn: true, authnContextClassRef: ['a class'] })
  expect(action).toMatchObject({ outcome: 'ACCOUNT_EXISTS' })
  expect(asked).toEqual([
    [
      { metaAlias: '/alpha/sp', idp: 'idp' },
      expect.objectContaining({ forceAuthn: true, classes: ['a class'] }),
      'key',
    ],
  ])
  people = [...people, ...people]
  expect(outcomeOf((await startThere()).action)).toBe('ERROR')
})

test('asks the identity provider if the key of the address does not count', async () => {
  for (const reason of [undefined, new Error('used before')]) {
    started = reason
    const { action, log } = await startThere()
    expect(callbacksOf(action)[0]?.type).toBe('RedirectCallback')
    expect(log.length).toBe(reason === undefined ? 0 : 1)
  }
})

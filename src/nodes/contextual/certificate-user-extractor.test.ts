import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { CertificatePort } from '../ports/certificate-port.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { certificateUserExtractor } from './certificate-user-extractor.ts'

const subject = new Map([
  ['CN', ['Kim']],
  ['UID', ['lee', 'kim']],
  ['EMAILADDRESS', ['kim@example.com']],
  ['SERIALNUMBER', ['kim-id']],
])
const dn = 'CN=Kim,O=Example'
const principals = ['kim@corp.example.com']
const names = { dn, subject, emails: [] as string[], principals }
const users = ['kim', 'kim@example.com', 'kim@corp.example.com', dn]

function extract(config: JsonObject = {}, state = { transient: {} as JsonObject, shared: {} }) {
  const identities: Partial<IdentityPort> = {
    async find(nameOrId) {
      const userName = users.find((each) => each.toLowerCase() === nameOrId.toLowerCase())
      if (userName !== undefined) return { _id: `id of ${userName}`, userName }
      return nameOrId === 'kim-id' ? { _id: 'kim-id', userName: 'kim' } : undefined
    },
  }
  const certificates: Partial<CertificatePort> = { names: async () => names }
  return runNode(certificateUserExtractor, {
    config,
    shared: state.shared,
    transient: { X509Certificate: 'pem', X509CertificateValidated: 'pem', ...state.transient },
    ports: {
      identities: identities as IdentityPort,
      certificates: certificates as CertificatePort,
    },
  })
}

const field = (name: string, more: JsonObject = {}) => ({
  certificateAttributeToProfileMapping: name,
  ...more,
})
const alternative = (name: string) => ({ certificateAttributeProfileMappingExtension: name })

test.each([
  ['the common name', {}, 'kim'],
  ['the whole subject', field('SUBJECT_DN'), dn],
  ['the email address', field('EMAIL_ADDRESS'), 'kim@example.com'],
  ['another part', field('OTHER', { otherCertificateAttributeToProfileMapping: 'cn' }), 'kim'],
  ['the principal name before the subject', alternative('UPN'), 'kim@corp.example.com'],
  ['the subject without an alternative name', alternative('RFC822_NAME'), 'kim'],
])('finds the person by %s', async (_what, config, userName) => {
  const { action, state } = await extract(config)
  expect(action).toMatchObject({
    outcome: 'EXTRACTED',
    identified: { kind: 'user', name: `id of ${userName}` },
  })
  expect(state.shared).toEqual({ username: userName })
})

const notOne = 'the certificate does not have exactly one such name'

test.each([
  ['two values', field('SUBJECT_UID'), [notOne]],
  ['no such part', field('OTHER', { otherCertificateAttributeToProfileMapping: 'OU' }), [notOne]],
  ['an alternative name only, which is missing', field('NONE', alternative('RFC822_NAME')), [notOne]],
  ['an object id', field('OTHER', { otherCertificateAttributeToProfileMapping: 'serialNumber' }), []],
])('finds nobody by %s', async (_what, config, messages) => {
  const { action, state, log } = await extract(config)
  expect(outcomeOf(action)).toBe('NOT_EXTRACTED')
  expect(state.shared).toEqual({})
  expect(log.map(({ message }) => message)).toEqual(messages)
})

test.each<[string, { transient?: JsonObject; shared?: JsonObject }]>([
  ['nothing checked', { transient: { X509CertificateValidated: null } }],
  ['another one was checked', { transient: { X509CertificateValidated: 'another' } }],
  ['came in shared state', { shared: { X509Certificate: 'pem' } }],
  ['was declared valid in shared state', { shared: { X509CertificateValidated: 'pem' } }],
])('does not believe a certificate that %s', async (_what, { transient = {}, shared = {} }) => {
  const { action, log } = await extract({}, { transient, shared })
  expect(outcomeOf(action)).toBe('NOT_EXTRACTED')
  expect(log).toEqual([
    { level: 'warn', message: 'no Certificate Validation node has found the certificate valid' },
  ])
})

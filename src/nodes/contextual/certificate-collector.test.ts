import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { CertificatePort } from '../ports/certificate-port.ts'
import { certificateCollector } from './certificate-collector.ts'

const header = 'x-client-cert'
const proxy = '10.0.0.1'
const ports = {
  certificates: {
    read: (text) => (text === 'encoded' ? 'pem' : undefined),
    check: async () => ({ kind: 'valid' }),
    names: async () => ({ dn: '', subject: new Map(), emails: [], principals: [] }),
  } satisfies CertificatePort,
}

function collect(
  settings: { method?: string; name?: string | null; hosts?: string[] } = {},
  request: { proxyAddress?: string | undefined; sent?: string[] } = {},
) {
  const { method = 'EITHER', name = 'X-Client-Cert', hosts = ['any'] } = settings
  const { proxyAddress = proxy, sent = ['encoded'] } = request
  return runNode(certificateCollector, {
    config: {
      certificateCollectionMethod: method,
      clientCertificateHttpHeaderName: name,
      trustedRemoteHosts: hosts,
    },
    shared: { X509Certificate: 'forged' },
    transient: { X509Certificate: 'earlier', X509CertificateValidated: 'earlier' },
    request: {
      headers: { [header]: sent },
      proxyAddress: 'proxyAddress' in request ? request.proxyAddress : proxyAddress,
    },
    ports,
  })
}

test.each([
  ['any proxy that the server trusts', { hosts: ['any'] }],
  ['a proxy that it names', { hosts: ['192.0.2.1', proxy], method: 'HEADER' }],
])('takes the certificate from %s', async (_what, settings) => {
  const { action, state, log } = await collect(settings)
  expect(outcomeOf(action)).toBe('COLLECTED')
  expect(state).toEqual({ shared: {}, secure: {}, transient: { X509Certificate: 'pem' } })
  expect(log).toEqual([])
})

const untrusted = 'the header of an untrusted host was ignored'
const unreadable = 'the client certificate cannot be read'

test.each([
  ['from a client that the server does not trust', {}, { proxyAddress: undefined }, untrusted],
  ['from a proxy that the node does not name', { hosts: ['192.0.2.1'] }, {}, untrusted],
  ['if the node names no proxies', { hosts: [] }, {}, untrusted],
  ['if the header is something else', {}, { sent: ['text'] }, unreadable],
  ['if there are two headers', {}, { sent: ['encoded', 'encoded'] }, unreadable],
  ['without the name of a header', { name: null }, {}, 'no header with the client certificate is set'],
  [
    'from TLS connections, which the server does not take',
    { method: 'REQUEST' },
    {},
    'the server takes no TLS connections: collect certificates from a header',
  ],
])('takes nothing %s, and forgets earlier certificates', async (_what, settings, request, message) => {
  const { action, state, log } = await collect(settings, request)
  expect(outcomeOf(action)).toBe('NOT_COLLECTED')
  expect(state).toEqual({ shared: {}, secure: {}, transient: {} })
  expect(log).toEqual([{ level: 'warn', message }])
})

test.each([
  ['no header', { sent: [] }],
  ['an empty one', { sent: [''] }],
])('says nothing about clients without a certificate: %s', async (_what, request) => {
  const { action, log } = await collect({}, request)
  expect(outcomeOf(action)).toBe('NOT_COLLECTED')
  expect(log).toEqual([])
})

import { z } from 'zod'
import { type Action, goTo } from '../../engine/action.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { Ports } from '../ports/ports.ts'
import { certificateKey, validCertificateKey } from './certificate-state.ts'

const config = () =>
  z.object({
    certificateCollectionMethod: setting(
      'Certificate Collection Method',
      'Where to look. The server takes no TLS connections itself, so nothing is found with `REQUEST`.',
      z.enum(['REQUEST', 'HEADER', 'EITHER']).default('EITHER'),
    ),
    clientCertificateHttpHeaderName: setting(
      'HTTP Header Name for Client Certificate',
      'Header in which the proxy sends the certificate: PEM or base64-encoded DER, also URL-encoded, or Envoy’s `x-forwarded-client-cert`. The proxy must set or remove it in every request.',
      z.string().nullish(),
    ),
    trustedRemoteHosts: setting(
      'Trusted Remote Hosts',
      'Addresses of proxies that may send certificates, each of them also in `SIDEGATE_TRUSTED_PROXIES`. `any` means all proxies of that setting; an empty list means none.',
      z.array(z.string()).default([]),
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> & Pick<Ports, 'certificates'>

/** The reason why there is no certificate. */
class NotCollected extends Error {}

/** Takes the client's certificate from the proxy that has checked its key. Source: "Certificate Collector node". */
export const certificateCollector = defineNode({
  type: 'product-CertificateCollectorNode',
  title: 'Certificate Collector',
  help: 'Takes the client’s certificate from a header of a trusted proxy. The proxy checks that the client has the key.',
  tags: ['contextual'],
  config,
  outcomes: { all: { COLLECTED: 'Collected', NOT_COLLECTED: 'Not Collected' } },
  writes: () => [certificateKey, validCertificateKey],
  errors: {
    warn: {
      'the server takes no TLS connections: collect certificates from a header':
        '**Certificate Collection Method** is `REQUEST`.',
      'no header with the client certificate is set': 'The name of the header is empty.',
      'the header of an untrusted host was ignored':
        'The request has the header, but didn’t come from a proxy in `SIDEGATE_TRUSTED_PROXIES`, or the node doesn’t trust that proxy. It can be forged.',
      'the client certificate cannot be read':
        'The header is not a certificate, or has those of several clients.',
    },
  },
  needs: ['certificates'],
  reference: {
    inputs: 'the header of the request',
    example:
      'First in a journey: → `COLLECTED` → **Certificate Validation** → `TRUE` → **Certificate User Extractor** → `EXTRACTED` → Success. Set `clientCertificateHttpHeaderName` to the header of the proxy and `trustedRemoteHosts` to `any`.',
    keys: {
      [certificateKey]: 'Certificates of the client in PEM, its own first.',
      [validCertificateKey]: 'The same, once a Certificate Validation node has found them valid.',
    },
    outcomes: {
      COLLECTED: 'The proxy sent a certificate. Nothing has checked who issued it.',
      NOT_COLLECTED: 'The client has no certificate, or the sender of the header is not trusted.',
    },
  },
  run(context): Action<'COLLECTED' | 'NOT_COLLECTED'> {
    const { state, log } = context
    state.remove(certificateKey).remove(validCertificateKey)
    try {
      const chain = collect(context)
      if (chain === undefined) return goTo('NOT_COLLECTED')
      state.putTransient(certificateKey, chain)
      return goTo('COLLECTED')
    } catch (error) {
      if (!(error instanceof NotCollected)) throw error
      log.warn(error.message)
      return goTo('NOT_COLLECTED')
    }
  },
})

/**
 * @returns undefined if the client has no certificate
 * @throws NotCollected
 */
function collect({ config: settings, request, certificates }: Context): string | undefined {
  const {
    certificateCollectionMethod: method,
    clientCertificateHttpHeaderName,
    trustedRemoteHosts,
  } = settings
  if (method === 'REQUEST') {
    throw new NotCollected('the server takes no TLS connections: collect certificates from a header')
  }
  const name = clientCertificateHttpHeaderName?.trim().toLowerCase() ?? ''
  if (name === '') throw new NotCollected('no header with the client certificate is set')
  const values = (Object.hasOwn(request.headers, name) ? request.headers[name] : undefined) ?? []
  const sent = values.filter((value) => value.trim() !== '')
  if (sent.length === 0) return undefined
  const { proxyAddress } = request
  // rule S39: otherwise a client can send a certificate in the header of a proxy
  const isTrusted =
    proxyAddress !== undefined && ['any', proxyAddress].some((each) => trustedRemoteHosts.includes(each))
  if (!isTrusted) throw new NotCollected('the header of an untrusted host was ignored')
  const [header = '', ...others] = sent
  const chain = others.length === 0 ? certificates.read(header) : undefined
  if (chain === undefined) throw new NotCollected('the client certificate cannot be read')
  return chain
}

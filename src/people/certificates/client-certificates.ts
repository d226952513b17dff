import type {
  CertificateChecks,
  CertificatePort,
  CertificateVerdict,
} from '../../nodes/ports/certificate-port.ts'
import { certificatesIn, chainInHeader } from './certificate-header.ts'
import { namesIn } from './certificate-names.ts'
import { type FetchFile, RevocationLists } from './revocation-lists.ts'
import { isInTime, trustedPath } from './trusted-path.ts'

/** Client certificates. @param fetch gets revocation lists, behind the fence of outgoing connections */
export function clientCertificates(fetch: FetchFile): CertificatePort {
  const lists = new RevocationLists(fetch)
  return {
    read: chainInHeader,

    async check(chain, checks) {
      try {
        return await verdictOn(chain, checks, lists)
      } catch (error) {
        return { kind: 'untrusted', problem: error instanceof Error ? error.message : 'unknown' }
      }
    },

    async names(chain) {
      const [own] = certificatesIn(chain)
      if (own === undefined) throw new Error('there is no certificate')
      return namesIn(own)
    },
  }
}

async function verdictOn(
  chain: string,
  { trusted, dates, revocation, now }: CertificateChecks,
  lists: RevocationLists,
): Promise<CertificateVerdict> {
  const certificates = certificatesIn(chain)
  const path = await trustedPath(certificates, certificatesIn(trusted), now)
  const [own] = path
  if (own !== undefined && dates && !isInTime(own, now)) {
    const isOver = now > own.validToDate.getTime()
    return isOver
      ? { kind: 'expired', problem: 'the certificate has expired' }
      : { kind: 'untrusted', problem: 'the certificate is not valid yet' }
  }
  if (revocation === undefined) return { kind: 'valid' }
  // Nobody but an issuer can revoke a certificate.
  if (path.length < 2) throw new Error('the certificate has no issuer that could revoke it')
  for (const [place, issuer] of path.slice(1).entries()) {
    const certificate = path[place]
    if (certificate !== undefined && (await lists.isRevoked(certificate, issuer, revocation, now))) {
      return { kind: 'revoked', problem: 'the certificate, or one of its issuers, was revoked' }
    }
  }
  return { kind: 'valid' }
}

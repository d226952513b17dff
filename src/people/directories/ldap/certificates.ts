import { X509Certificate } from 'node:crypto'
import { EqualityFilter } from 'ldapts'
import type { DirectoryPort } from '../../../nodes/ports/outside-ports.ts'
import type { Fence } from '../../../outgoing/fenced-socket.ts'
import { withServer } from './connection.ts'

/** Names of the attribute, with and without the option that asks for its bytes. Source: RFC 4523. */
const attributes = ['userCertificate;binary', 'userCertificate']
const timeoutSeconds = 10
/** Entries that are compared. */
const sizeLimit = 20

/** Searches for an entry with exactly this certificate. The name in the certificate is a filter value, never filter text. */
export const certificateInDirectory =
  (fence: Fence): DirectoryPort['holdsCertificate'] =>
  (search, chain) => {
    const own = new X509Certificate(chain).raw
    const { bindDn, bindPassword, baseDns, attribute, value } = search
    const servers = { ...search, trustAllServerCertificates: false, timeoutSeconds }
    return withServer(servers, fence, async (client) => {
      if (bindDn !== '') await client.bind(bindDn, bindPassword)
      for (const base of baseDns) {
        const { searchEntries } = await client.search(base.slice(base.indexOf('|') + 1).trim(), {
          scope: 'sub',
          filter: new EqualityFilter({ attribute, value }),
          attributes,
          explicitBufferAttributes: attributes,
          sizeLimit,
        })
        const certificates = searchEntries.flatMap((entry) => attributes.flatMap((name) => entry[name] ?? []))
        if (certificates.some((each) => Buffer.isBuffer(each) && each.equals(own))) return true
      }
      return false
    })
  }

import type { X509Certificate } from 'node:crypto'
import type { CertificateNames } from '../../nodes/ports/certificate-port.ts'
import { decoded, x509 } from './x509.ts'

/** Short names of types that the library shows as object ids, or under another name. Source: RFC 4519. */
const shortNames: Readonly<Record<string, string>> = {
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.3': 'MAIL',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.12': 'TITLE',
  '2.5.4.42': 'GIVENNAME',
  '2.5.4.46': 'DNQUALIFIER',
  '1.2.840.113549.1.9.1': 'EMAILADDRESS',
  E: 'EMAILADDRESS',
  G: 'GIVENNAME',
  T: 'TITLE',
}

const userId = /(?<=^|\+)0\.9\.2342\.19200300\.100\.1\.1(?==)/

export async function namesIn(certificate: X509Certificate): Promise<CertificateNames> {
  const { Name, SubjectAlternativeNameExtension } = await x509()
  const read = await decoded(certificate)
  const parts = read.subjectName.toJSON()
  const subject = new Map<string, string[]>()
  for (const part of parts) {
    for (const [type, values] of Object.entries(part)) {
      const name = shortNames[type] ?? type.toUpperCase()
      subject.set(name, [...(subject.get(name) ?? []), ...values])
    }
  }
  const others = read.getExtension(SubjectAlternativeNameExtension)?.names.items ?? []
  const valuesOf = (kind: string) => others.flatMap(({ type, value }) => (type === kind ? [value] : []))
  return {
    dn: parts
      .toReversed()
      .map((part) => new Name([part]).toString().replace(userId, 'UID'))
      .join(','),
    subject,
    emails: valuesOf('email'),
    principals: valuesOf('upn'),
  }
}

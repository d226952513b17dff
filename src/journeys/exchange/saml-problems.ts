import type { JsonObject } from '../../base/json.ts'
import { isSafe } from '../../people/providers/fenced-send.ts'
import { samlEntityKind, unservedIn } from '../../people/providers/saml/entities.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { type Finding, finding } from './finding.ts'

/** Imported SAML entities that are kept without effect, or can't be used. */
export function samlProblems({ documents }: Pick<ConfigurationChange, 'documents'>): Finding[] {
  return documents
    .filter(({ kind }) => kind === samlEntityKind)
    .flatMap(({ id, document }) =>
      problemsOf(document).map((problem) =>
        finding('unsupported', `SAML entity ${String(document.entityId ?? id)} ${problem}`, {
          kind: samlEntityKind,
          id,
        }),
      ),
    )
}

function problemsOf(document: JsonObject): string[] {
  const { entityLocation, base64EntityXML, metadataUrl } = document
  if (entityLocation !== 'remote') {
    return unservedIn(document).map(([member, reason]) => `has ${member}, which has no effect: ${reason}`)
  }
  if (typeof metadataUrl === 'string' && !isSafe(metadataUrl)) {
    return ['has metadataUrl, which has no effect: it must be an https URL']
  }
  // The text is enough to find what is missing. The sign-in parses it.
  const xml = typeof base64EntityXML === 'string' ? Buffer.from(base64EntityXML, 'base64url').toString() : ''
  if (!xml.includes('IDPSSODescriptor')) return []
  const expected = {
    X509Certificate: 'signing certificate',
    SingleSignOnService: 'address for sign-ins (SingleSignOnService)',
  }
  return Object.entries(expected).flatMap(([element, name]) =>
    xml.includes(element) ? [] : [`can't be used: its metadata has no ${name}`],
  )
}

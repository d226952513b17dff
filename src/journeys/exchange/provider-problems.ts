import type { JsonObject } from '../../base/json.ts'
import { keptIn, type MemberFinding, refusedIn } from '../../base/members.ts'
import { isSafe } from '../../people/providers/fenced-send.ts'
import { samlEntityKind } from '../../people/providers/saml/entities.ts'
import { hostedMembers } from '../../people/providers/saml/entity-members.ts'
import { providerMembers, refusedOfProvider } from '../../people/providers/social/provider-members.ts'
import { socialProviderKind } from '../../people/providers/social/provider-settings.ts'
import type { ConfigurationChange } from '../configuration-store.ts'
import { type Finding, finding } from './finding.ts'

/** Imported identity providers and SAML entities with settings that are kept without effect, or that can't be used. */
export function providerProblems({ documents }: Pick<ConfigurationChange, 'documents'>): Finding[] {
  return documents.flatMap(({ kind, id, document }) => {
    if (kind !== samlEntityKind && kind !== socialProviderKind) return []
    const isSaml = kind === samlEntityKind
    const name = isSaml ? `SAML entity ${String(document.entityId ?? id)}` : `Social identity provider ${id}`
    const problems = isSaml
      ? problemsOf(document)
      : sentences([...refusedOfProvider(document), ...keptIn(providerMembers, document)])
    return problems.map((problem) => finding('unsupported', `${name} ${problem}`, { kind, id }))
  })
}

function sentences(found: readonly MemberFinding[]): string[] {
  return found.map(({ path, message }) => `has ${path}: ${message}`)
}

function problemsOf(document: JsonObject): string[] {
  const { entityLocation, base64EntityXML, metadataUrl } = document
  if (entityLocation !== 'remote') {
    return sentences([...refusedIn(hostedMembers, document), ...keptIn(hostedMembers, document)])
  }
  if (typeof metadataUrl === 'string' && !isSafe(metadataUrl)) {
    return ['has metadataUrl: kept without effect: it must be an https URL']
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

import { isJsonObject, type JsonObject } from '../base/json.ts'
import type { MemberFinding } from '../base/members.ts'
import { type EsvLookup, hasPlaceholder, PlaceholderError } from '../engine/placeholders.ts'
import { clientSecretSchema, oauthClientSchema } from './client-document.ts'
import { keptSettings, missingPkce, refusedSettings } from './client-findings.ts'
import { valuedDocument, valuedSecret } from './client-values.ts'
import type { OauthClientRecord } from './oauth-store.ts'

type Given = {
  /** Of the stored client, which stays if the document has none. */
  sealedSecret: string | undefined
  seal(secret: string): string
  /** Values of placeholders in the realm. */
  lookup: EsvLookup
}

export type ConfiguredClient = {
  client: OauthClientRecord
  /** Settings that are stored, and have no effect or no value. */
  findings: MemberFinding[]
}

/** Maximum length of an id. */
const maxId = 255

/** Whether a client can have this id. Source: RFC 6749, appendix A. */
export function isClientId(id: string): boolean {
  return id.length <= maxId && /^[\x20-\x7e]+$/.test(id)
}

/**
 * The client that a document of the vendor's tools configures. Placeholders stay in it.
 * @returns the first fault if it can't be configured. Faults and findings contain no values of variables and secrets.
 */
export function configuredClient(
  id: string,
  body: JsonObject,
  given: Given,
): ConfiguredClient | { fault: MemberFinding } {
  const document = withoutSecrets(body)
  const sent = isJsonObject(body.coreOAuth2ClientConfig) ? body.coreOAuth2ClientConfig.userpassword : null
  const secret = clientSecretSchema.safeParse(sent)
  if (!secret.success) return { fault: faultOf(secret.error, ['coreOAuth2ClientConfig', 'userpassword']) }
  const checked = checkedDocument(document, given.lookup)
  if ('fault' in checked) return checked
  const { data } = secret
  const sealedSecret = data === undefined ? given.sealedSecret : given.seal(data)
  return {
    client: { id, document, sealedSecret },
    findings: [...checked.findings, ...(data === undefined ? [] : missingIn(data, given.lookup))],
  }
}

function checkedDocument(
  document: JsonObject,
  lookup: EsvLookup,
): { findings: MemberFinding[] } | { fault: MemberFinding } {
  const isPlain = !hasPlaceholder(document)
  // rule S55: otherwise errors about a client contain the values of variables
  const told = (setting: MemberFinding): MemberFinding =>
    isPlain ? setting : { ...setting, message: 'is not accepted with the values of its variables' }
  try {
    const valued = valuedDocument(document, lookup)
    const parsed = oauthClientSchema.safeParse(valued)
    if (!parsed.success) return { fault: told(faultOf(parsed.error)) }
    const [refused] = refusedSettings(parsed.data, valued)
    if (refused !== undefined) return { fault: told(refused) }
    return {
      findings: [
        ...(isPlain ? keptSettings(parsed.data, valued) : []),
        // rule S45: otherwise nobody reads that the client of an import gets codes without PKCE
        ...missingPkce(parsed.data),
      ],
    }
  } catch (error) {
    return { findings: [findingOf(error, '')] }
  }
}

function missingIn(secret: string, lookup: EsvLookup): MemberFinding[] {
  try {
    valuedSecret(secret, lookup)
    return []
  } catch (error) {
    return [findingOf(error, 'coreOAuth2ClientConfig.userpassword')]
  }
}

/** The client has no rights until the placeholder has a value. */
function findingOf(error: unknown, path: string): MemberFinding {
  if (!(error instanceof PlaceholderError)) throw error
  return {
    path: path || 'placeholders',
    message: `the client is refused until ${error.esv} can be used: ${error.message}`,
  }
}

function faultOf(
  { issues }: { issues: readonly { path: PropertyKey[]; message: string }[] },
  below: readonly string[] = [],
): MemberFinding {
  const [issue] = issues
  return { path: [...below, ...(issue?.path ?? [])].join('.'), message: issue?.message ?? 'is invalid' }
}

/** Also drops `userpassword-encrypted`, which exports contain encrypted with another server's key. */
function withoutSecrets(body: JsonObject): JsonObject {
  const { _id, _rev, _type, ...document } = body
  const core = document.coreOAuth2ClientConfig
  if (!isJsonObject(core)) return document
  const { userpassword, 'userpassword-encrypted': encrypted, ...rest } = core
  return { ...document, coreOAuth2ClientConfig: rest }
}

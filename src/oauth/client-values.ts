import { type JsonObject, jsonObjectSchema } from '../base/json.ts'
import {
  type EsvLookup,
  hasPlaceholder,
  PlaceholderError,
  resolution,
  resolved,
  storedVariables,
} from '../engine/placeholders.ts'
import type { Sealer } from '../secrets/seal.ts'
import { oauthClientSchema } from './client-document.ts'
import { refusedSettings } from './client-findings.ts'
import type { OauthClientRecord, OauthClientStore } from './oauth-store.ts'

/**
 * A client's document with the values of its placeholders. Only variables count: names of applications, scopes and addresses reach
 * callers. @throws PlaceholderError
 */
export function valuedDocument(document: JsonObject, lookup: EsvLookup): JsonObject {
  if (!hasPlaceholder(document)) return document
  return jsonObjectSchema.parse(
    resolved(
      document,
      resolution(
        // rule S55: otherwise the name of an application shows a secret
        storedVariables(lookup),
      ),
    ),
  )
}

/** A client's secret with the values of its placeholders. @throws PlaceholderError */
export function valuedSecret(secret: string, lookup: EsvLookup): string {
  return String(resolved(secret, resolution(lookup)))
}

type Needs = {
  esvs: { inRealm(realm: string): EsvLookup }
  secrets: Sealer
  /** Gets a client that doesn't count, and why, without values. */
  onProblem(realm: string, client: string, problem: string): void
}

/**
 * Reads clients with the values of their placeholders, for code that uses them. A client counts as missing if a placeholder has no
 * value, or one that can't be configured.
 */
export function valuedClients(
  store: Pick<OauthClientStore, 'read'>,
  { esvs, secrets, onProblem }: Needs,
): Pick<OauthClientStore, 'read'> {
  return {
    async read(realm, id): Promise<OauthClientRecord | undefined> {
      const stored = await store.read(realm, id)
      const secret = stored?.sealedSecret === undefined ? undefined : secrets.open(stored.sealedSecret)
      const isPlain = secret === undefined || !hasPlaceholder(secret)
      if (stored === undefined || (isPlain && !hasPlaceholder(stored.document))) return stored
      const lookup = esvs.inRealm(realm)
      try {
        const document = valuedDocument(stored.document, lookup)
        const parsed = oauthClientSchema.safeParse(document)
        // The values may have changed since an administrator configured the client.
        // rule S55: otherwise a variable weakens a client that was checked before
        if (!parsed.success || refusedSettings(parsed.data, document).length > 0) {
          onProblem(realm, id, 'a variable has a value that its setting does not accept')
          return undefined
        }
        if (isPlain) return { ...stored, document }
        return { ...stored, document, sealedSecret: secrets.seal(valuedSecret(secret, lookup)) }
      } catch (error) {
        if (!(error instanceof PlaceholderError)) throw error
        onProblem(realm, id, error.message)
        return undefined
      }
    },
  }
}

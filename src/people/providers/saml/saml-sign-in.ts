import { defined } from '../../../base/defined.ts'
import type { SamlPort, SamlProfile } from '../../../nodes/ports/outside-ports.ts'
import type { DocumentStore } from '../../../realms/document-store.ts'
import type { Sealer } from '../../../secrets/seal.ts'
import { askedSchema, checkAsked } from './asked.ts'
import { requestIdFor } from './asking-browser.ts'
import { authnRequest } from './authn-request.ts'
import { saml } from './bindings.ts'
import { type ServiceProvider, serviceProviderOf, signsRequests } from './entities.ts'
import { consumerUrl } from './metadata.ts'
import type { VerifiedAssertion } from './read-assertion.ts'
import { relayStateFor, type TrustedPages } from './return-page.ts'
import { openAnswer } from './sealed-answer.ts'
import { type SpKeySource, spKeysOf } from './sp-keys.ts'
import { trustedIdp } from './trusted-idp.ts'

export type SamlDependencies = {
  documents: Pick<DocumentStore, 'all' | 'read'>
  /** Its key must not be used for anything else. */
  sealer: Sealer
  spKeys: SpKeySource
  /** Epoch milliseconds. */
  now(): number
}

/** A realm at the address that browsers use. */
export type SamlRealm = {
  realm: string
  /** Scheme, host and context path. */
  baseUrl: string
  trusted: TrustedPages
  /** The secret of the browser's cookie: see {@link requestIdFor}. */
  browser: string | undefined
}

/** SAML 2.0 sign-in for the nodes of one realm. The assertion consumer has already checked the responses. */
export function samlSignIn({ documents, sealer, spKeys, now }: SamlDependencies, at: SamlRealm): SamlPort {
  const ours = async (metaAlias: string): Promise<ServiceProvider> => {
    const sp = await serviceProviderOf(documents, at.realm, metaAlias)
    if (sp === undefined) throw new Error(`the realm has no hosted service provider '${metaAlias}'`)
    return sp
  }
  return {
    async begin({ metaAlias, idp: entityId }, request, page) {
      const sp = await ours(metaAlias)
      const idp = await trustedIdp(documents, at.realm, sp, entityId)
      if (at.browser === undefined) throw new Error('the browser has no cookie')
      const requestId = requestIdFor(at.browser)
      const isSigned = idp.wantsSignedRequests || signsRequests(sp)
      const place = { realm: at.realm, entityId: sp.entityId, now: now() }
      const isAnyContext = request.classes.length === 0 && request.declarations.length === 0
      const classes = isAnyContext ? usualClasses(sp) : [...request.classes]
      const transport = authnRequest(idp, {
        ...request,
        classes,
        id: requestId,
        issuer: sp.entityId,
        consumer: consumerUrl(at.baseUrl, metaAlias),
        now: now(),
        relayState: relayStateFor(page, at.trusted),
        key: isSigned ? (await spKeysOf(spKeys, place)).signing : undefined,
      })
      const { authComparison, forceAuthn } = request
      const asked = { classes, declarations: [...request.declarations], authComparison }
      return {
        ...transport,
        pending: { requestId, ...asked, ...(forceAuthn ? { forcedAt: now() } : {}) },
      }
    },
    async finish({ metaAlias, idp }, pending, key) {
      const asked = askedSchema.parse(pending)
      const answer = openAnswer(sealer, key)
      if (answer.metaAlias !== metaAlias) throw new Error('the response is for another service provider')
      if (answer.expiresAt <= now()) throw new Error('the response has expired')
      if ('refused' in answer.result) throw new Error(answer.result.refused)
      // rule S70: otherwise an answer signs in before its browser has shown that it asked
      if (answer.isUnclaimed) throw new Error('the response was not claimed by the browser that asked')
      if (answer.result.inResponseTo !== asked.requestId)
        throw new Error('the response belongs to another request')
      if (idp !== undefined && answer.result.idp !== idp) {
        throw new Error('the response comes from another identity provider than expected')
      }
      const sp = await ours(metaAlias)
      checkAsked(asked, answer.result, sp)
      return profileOf(sp, answer.result)
    },
  }
}

function usualClasses({ assertionContent: { authenticationContext } }: ServiceProvider): string[] {
  const { includeRequestedAuthenticationContext: isSent, authContextItems } = authenticationContext
  return authContextItems
    .filter(({ defaultItem }) => isSent && defaultItem)
    .map(({ contextReference }) => contextReference)
}

function profileOf(
  sp: ServiceProvider,
  { idp, nameId, sessionIndex, sessionEndsAt, attributes }: VerifiedAssertion,
): SamlProfile {
  const { attributeMapper, autoFederation, accountMapping } = sp.assertionProcessing
  const { attributeMap } = attributeMapper
  const isTransient = nameId.format === saml.transient
  const named = autoFederation.autoFedEnabled ? autoFederation.autoFedAttribute : undefined
  const shared = named ? attributes[named]?.[0] : undefined
  const local = attributeMap.find(({ key }) => key === named)?.value
  return {
    sp: sp.entityId,
    idp,
    nameId,
    sessionIndex,
    ...defined({ sessionEndsAt }),
    attributes: mapped(attributes, attributeMap),
    account: {
      isTransient,
      userName: isTransient
        ? accountMapping.transientUser || undefined
        : accountMapping.useNameIDAsSPUserID
          ? nameId.value
          : undefined,
      attribute: named && shared !== undefined ? { name: local ?? named, value: shared } : undefined,
    },
  }
}

/** Renames attributes. Without a map, all keep their names; with the entry `*`, those that the map doesn't list do. */
function mapped(
  sent: Readonly<Record<string, string[]>>,
  map: readonly { key: string; value: string }[],
): Record<string, string[]> {
  const takesAll = map.length === 0 || map.some(({ key }) => key === '*')
  const entries = Object.entries(sent).flatMap(([name, values]): [string, string[]][] => {
    const names = map.filter(({ key }) => key === name).map(({ value }) => value)
    return (names.length > 0 ? names : takesAll ? [name] : []).map((local) => [local, values])
  })
  return Object.fromEntries(entries)
}

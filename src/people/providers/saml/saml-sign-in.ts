import { defined } from '../../../base/defined.ts'
import type { SamlPort, SamlProfile, SamlStart } from '../../../nodes/ports/outside-ports.ts'
import type { Sealer } from '../../../secrets/seal.ts'
import { type Asked, askedSchema, checkAsked } from './asked.ts'
import { isAskedBy, requestIdFor } from './asking-browser.ts'
import { authnRequest } from './authn-request.ts'
import { saml } from './bindings.ts'
import { type ServiceProvider, serviceProviderOf, signsRequests } from './entities.ts'
import { consumerUrl } from './metadata.ts'
import type { VerifiedAssertion } from './read-assertion.ts'
import { relayStateFor, type TrustedPages } from './return-page.ts'
import { openAnswer, type SamlAnswer } from './sealed-answer.ts'
import { type SpKeySource, spKeysOf } from './sp-keys.ts'
import { type EntitySource, trustedIdp } from './trusted-idp.ts'

export type SamlDependencies = EntitySource & {
  /** Its key must not be used for anything else. */
  sealer: Sealer
  spKeys: SpKeySource
  /** Remembers an id until a time in epoch milliseconds. @returns false if it is known: one concurrent call returns true. */
  useUp(realm: string, id: string, until: number): Promise<boolean>
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
export function samlSignIn(dependencies: SamlDependencies, at: SamlRealm & { journey: string }): SamlPort {
  const { documents, sealer, spKeys, useUp, now } = dependencies
  const ours = async (metaAlias: string): Promise<ServiceProvider> => {
    const sp = await serviceProviderOf(documents, at.realm, metaAlias)
    if (sp === undefined) throw new Error(`the realm has no hosted service provider '${metaAlias}'`)
    return sp
  }
  const checked = ({ metaAlias, expiresAt, isUnclaimed, result }: SamlAnswer, expected: Entities) => {
    if (metaAlias !== expected.metaAlias) throw new Error('the response is for another service provider')
    if (expiresAt <= now()) throw new Error('the response has expired')
    if ('refused' in result) throw new Error(result.refused)
    // rule S70: otherwise an answer signs in before its browser has shown that it asked
    if (isUnclaimed) throw new Error('the response was not claimed by the browser that asked')
    if (expected.idp !== undefined && result.idp !== expected.idp) {
      throw new Error('the response comes from another identity provider than expected')
    }
    return result
  }
  return {
    async begin({ metaAlias, idp: entityId }, request, page) {
      const sp = await ours(metaAlias)
      const idp = await trustedIdp(dependencies, at.realm, sp, entityId)
      if (at.browser === undefined) throw new Error('the browser has no cookie')
      const requestId = requestIdFor(at.browser)
      const isSigned = idp.wantsSignedRequests || signsRequests(sp)
      const place = { realm: at.realm, entityId: sp.entityId, now: now() }
      const asked = requested(sp, request)
      const transport = authnRequest(idp, {
        ...request,
        classes: asked.classes,
        id: requestId,
        issuer: sp.entityId,
        consumer: consumerUrl(at.baseUrl, metaAlias),
        now: now(),
        relayState: relayStateFor(page, at.trusted),
        key: isSigned ? (await spKeysOf(spKeys, place)).signing : undefined,
      })
      return {
        ...transport,
        pending: { requestId, ...asked, ...(request.forceAuthn ? { forcedAt: now() } : {}) },
      }
    },
    async finish(entities, pending, key) {
      const asked = askedSchema.parse(pending)
      const result = checked(openAnswer(sealer, key), entities)
      if (result.inResponseTo !== asked.requestId) throw new Error('the response belongs to another request')
      const sp = await ours(entities.metaAlias)
      checkAsked(asked, result, sp)
      return profileOf(sp, result)
    },
    async startedThere(entities, request, key) {
      const answer = openAnswer(sealer, key)
      if (answer.journey === undefined) return undefined
      const result = checked(answer, entities)
      // rule S74: otherwise it counts in each journey with this node, also in one that asks for less
      if (answer.journey !== at.journey) throw new Error('the response is for another journey')
      // rule S74: otherwise the key in an address signs in another browser
      if (!isAskedBy(at.browser, result.inResponseTo)) throw new Error('another browser brought the response')
      // rule S74: otherwise an old sign-in at the provider passes for a new one
      if (request.forceAuthn) throw new Error('the person must authenticate again')
      const sp = await ours(entities.metaAlias)
      // rule S74: otherwise a weaker sign-in at the provider passes
      checkAsked({ requestId: '', ...requested(sp, request) }, result, sp)
      // rule S74: otherwise an assertion signs in again and again
      if (!(await useUp(at.realm, JSON.stringify([result.idp, result.id]), result.usableUntil))) {
        throw new Error('the response was used before')
      }
      return profileOf(sp, result)
    },
  }
}

type Entities = { metaAlias: string; idp: string | undefined }

function requested(
  sp: ServiceProvider,
  { classes, declarations, authComparison }: SamlStart,
): Pick<Asked, 'classes' | 'declarations' | 'authComparison'> {
  const isAnyContext = classes.length === 0 && declarations.length === 0
  return {
    classes: isAnyContext ? usualClasses(sp) : [...classes],
    declarations: [...declarations],
    authComparison,
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

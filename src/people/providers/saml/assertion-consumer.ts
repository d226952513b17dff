import { defined } from '../../../base/defined.ts'
import { randomToken } from '../../../secrets/digest.ts'
import type { FencedSend } from '../fenced-send.ts'
import { readArtifact, resolveArtifact, sourceOf } from './artifact.ts'
import { isAskedBy, requestIdFor } from './asking-browser.ts'
import { checkResponse, issuerOfSigned } from './check-response.ts'
import { entityIds, redirectJourneyOf, type ServiceProvider, serviceProviderOf } from './entities.ts'
import { consumerUrl } from './metadata.ts'
import type { VerifiedAssertion } from './read-assertion.ts'
import { returnUrl } from './return-page.ts'
import type { SamlDependencies, SamlRealm } from './saml-sign-in.ts'
import { answerMs, openAnswer, type SamlAnswer, sealAnswer } from './sealed-answer.ts'
import { spKeysOf } from './sp-keys.ts'
import { trustedIdp } from './trusted-idp.ts'

/**
 * Parameters that a browser delivers from an identity provider: its response, or an artifact for it. `responsekey` is a checked
 * response with which we redirected the browser to ourselves.
 */
export type Delivery = { SAMLResponse?: string; SAMLart?: string; responsekey?: string; RelayState?: string }

export type ConsumerDependencies = SamlDependencies & { send: FencedSend }

/**
 * Checks the response of an identity provider and returns the URL where the browser continues. An invalid response goes back to
 * the journey, too, so that the journey can handle the error. A response counts only in the browser that asked. Browsers leave
 * its cookie out of forms of other sites, so a form without it is redirected to this endpoint once.
 *
 * @param isForm whether the browser sent a form.
 * @param warn called with the reason when the response is invalid.
 * @returns undefined if the realm has no service provider with this alias. `browser` is the secret for the browser's cookie, if
 * it has none yet.
 */
export async function consume(
  from: ConsumerDependencies,
  at: SamlRealm,
  metaAlias: string,
  delivery: Delivery,
  { isForm, warn }: { isForm: boolean; warn(problem: string): void },
): Promise<{ url: string; browser?: string } | undefined> {
  const sp = await serviceProviderOf(from.documents, at.realm, metaAlias)
  if (sp === undefined) return undefined
  const goTo = (parameters: Record<string, string>) => ({
    url: returnUrl(at, delivery.RelayState, at.trusted, parameters),
  })
  const seal = (result: SamlAnswer['result'], isUnclaimed = false) =>
    sealAnswer(from.sealer, { metaAlias, expiresAt: from.now() + answerMs, isUnclaimed, result })
  try {
    const assertion = await assertionIn(delivery, from, at, { sp, metaAlias })
    if (assertion.inResponseTo === '') return startedThere(assertion, from, at, { sp, metaAlias, delivery })
    if (isAskedBy(at.browser, assertion.inResponseTo)) return goTo({ responsekey: seal(assertion) })
    if (!isForm) throw new Error('the response came to another browser than the one that asked')
    const again = new URL(consumerUrl(at.baseUrl, metaAlias))
    again.searchParams.set('responsekey', seal(assertion, true))
    if (delivery.RelayState !== undefined) again.searchParams.set('RelayState', delivery.RelayState)
    return { url: again.href }
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown'
    warn(problem)
    const responsekey = seal({ refused: 'the response of the identity provider is invalid' })
    return goTo({ responsekey, error: 'true', errorCode: 'samlVerify' })
  }
}

/**
 * Starts the service provider's journey with a response to no request, which counts in this browser only: with the key alone,
 * another one could sign in. Source: "SSO in integrated mode".
 */
function startedThere(
  assertion: VerifiedAssertion,
  { sealer, now }: ConsumerDependencies,
  at: SamlRealm,
  { sp, metaAlias, delivery }: { sp: ServiceProvider; metaAlias: string; delivery: Delivery },
): { url: string; browser: string } {
  const { browser = randomToken() } = at
  const journey = redirectJourneyOf(sp) ?? ''
  const result = { ...assertion, inResponseTo: requestIdFor(browser) }
  const responsekey = sealAnswer(sealer, { metaAlias, expiresAt: now() + answerMs, journey, result })
  const { RelayState: page = '' } = delivery
  const goto = URL.canParse(page) ? at.trusted(page) : undefined
  const query = { service: journey, arg: 'newsession', responsekey, ...defined({ goto }) }
  return { url: returnUrl(at, undefined, at.trusted, query), browser }
}

/** @throws Error if the response is invalid, or was kept for another endpoint. */
async function assertionIn(
  delivery: Delivery,
  from: ConsumerDependencies,
  at: SamlRealm,
  { sp, metaAlias }: { sp: ServiceProvider; metaAlias: string },
): Promise<VerifiedAssertion> {
  if (delivery.responsekey !== undefined) return unclaimedIn(delivery.responsekey, from, metaAlias)
  const { idp, response } = await answerIn(delivery, from, at, sp)
  const place = { realm: at.realm, entityId: sp.entityId, now: from.now() }
  const { published } = await spKeysOf(from.spKeys, place)
  const { assertionTimeSkew: skewSeconds, signingAndEncryption } = sp.assertionContent
  const { encryption, requestResponseSigning: signed } = signingAndEncryption
  const isByBrowser = delivery.SAMLResponse !== undefined
  const expected = {
    idp,
    audience: sp.entityId,
    consumer: consumerUrl(at.baseUrl, metaAlias),
    skewSeconds,
    now: from.now(),
    isByBrowser,
    spKeys: published.map(({ privateKey }) => privateKey),
    isEncryptionRequired: encryption.assertion,
    mustSign: { assertion: signed.assertion, response: isByBrowser && signed.postResponse },
    mayStartThere: redirectJourneyOf(sp) !== undefined,
  }
  try {
    return checkResponse(response, expected)
  } catch (error) {
    // The provider may have replaced its key.
    if (!(await from.refreshMetadata(at.realm, idp.entityId, true))) throw error
    return checkResponse(response, { ...expected, idp: await trustedIdp(from, at.realm, sp, idp.entityId) })
  }
}

function unclaimedIn(key: string, { sealer, now }: ConsumerDependencies, alias: string): VerifiedAssertion {
  const { metaAlias, expiresAt, isUnclaimed, result } = openAnswer(sealer, key)
  const isOurs = isUnclaimed && metaAlias === alias && expiresAt > now()
  if (!isOurs || 'refused' in result) throw new Error('the sealed response is not for this endpoint')
  return result
}

/** Returns the response and the identity provider that must have signed it. */
async function answerIn(
  { SAMLResponse: response, SAMLart: artifact }: Delivery,
  from: ConsumerDependencies,
  { realm }: SamlRealm,
  sp: ServiceProvider,
) {
  if (response !== undefined) {
    const issuer = issuerOfSigned(Buffer.from(response, 'base64').toString())
    return { response, idp: await trustedIdp(from, realm, sp, issuer) }
  }
  if (artifact === undefined) throw new Error('the request contains no SAML response')
  const { documents, send, now } = from
  const { source } = readArtifact(artifact)
  const entityId = (await entityIds(documents, realm)).find((each) => sourceOf(each) === source)
  if (entityId === undefined) throw new Error('the artifact comes from an unknown entity')
  const idp = await trustedIdp(from, realm, sp, entityId)
  return { response: await resolveArtifact(artifact, { idp, issuer: sp.entityId, now: now(), send }), idp }
}

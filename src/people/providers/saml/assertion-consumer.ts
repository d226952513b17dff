import { type FencedSend, readArtifact, resolveArtifact, sourceOf } from './artifact.ts'
import { checkResponse, issuerOf } from './check-response.ts'
import { entityIds, type ServiceProvider, serviceProviderOf, trustedIdp } from './entities.ts'
import { consumerUrl } from './metadata.ts'
import { returnUrl } from './return-page.ts'
import type { SamlDependencies, SamlRealm } from './saml-sign-in.ts'
import { answerMs, type SamlAnswer, sealAnswer } from './sealed-answer.ts'

/** Parameters that a browser delivers from an identity provider: its response, or an artifact for it. */
export type Delivery = { SAMLResponse?: string; SAMLart?: string; RelayState?: string }

export type ConsumerDependencies = SamlDependencies & { send: FencedSend }

/**
 * Checks the response of an identity provider and returns the URL where the browser continues. An invalid response goes back to
 * the journey, too, so that the journey can handle the error.
 *
 * @param warn called with the reason when the response is invalid.
 * @returns undefined if the realm has no service provider with this alias.
 */
export async function consume(
  from: ConsumerDependencies,
  at: SamlRealm,
  metaAlias: string,
  delivery: Delivery,
  warn: (problem: string) => void,
): Promise<string | undefined> {
  const sp = await serviceProviderOf(from.documents, at.realm, metaAlias)
  if (sp === undefined) return undefined
  const goTo = (parameters: Record<string, string>) =>
    returnUrl(at, delivery.RelayState, at.isTrusted, parameters)
  const seal = (result: SamlAnswer['result']) =>
    sealAnswer(from.sealer, { metaAlias, expiresAt: from.now() + answerMs, result })
  try {
    const { idp, response } = await answerIn(delivery, from, at, sp)
    const assertion = await checkResponse(response, {
      idp,
      audience: sp.entityId,
      consumer: consumerUrl(at.baseUrl, metaAlias),
      skewSeconds: sp.assertionContent.assertionTimeSkew,
      now: from.now(),
    })
    return goTo({ responsekey: seal(assertion) })
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown'
    warn(problem)
    const responsekey = seal({ refused: 'the response of the identity provider is invalid' })
    return goTo({ responsekey, error: 'true', errorCode: 'samlVerify' })
  }
}

/** Returns the response and the identity provider that must have signed it. */
async function answerIn(
  { SAMLResponse: response, SAMLart: artifact }: Delivery,
  { documents, send, now }: ConsumerDependencies,
  { realm }: SamlRealm,
  sp: ServiceProvider,
) {
  if (response !== undefined) {
    return { response, idp: await trustedIdp(documents, realm, sp, issuerOf(response)) }
  }
  if (artifact === undefined) throw new Error('the request contains no SAML response')
  const { source } = readArtifact(artifact)
  const entityId = (await entityIds(documents, realm)).find((each) => sourceOf(each) === source)
  if (entityId === undefined) throw new Error('the artifact comes from an unknown entity')
  const idp = await trustedIdp(documents, realm, sp, entityId)
  return { response: await resolveArtifact(artifact, { idp, issuer: sp.entityId, now: now(), send }), idp }
}

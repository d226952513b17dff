import { type FencedSend, readArtifact, resolveArtifact, sourceOf } from './artifact.ts'
import { entityIds, type ServiceProvider, serviceProviderOf, trustedIdp } from './entities.ts'
import { consumerUrl } from './metadata.ts'
import { returnUrl } from './return-page.ts'
import type { SamlDependencies, SamlRealm } from './saml-sign-in.ts'
import { answerMs, type SamlAnswer, sealAnswer } from './sealed-answer.ts'
import { checkResponse, issuerOf } from './vouched.ts'

/** What a browser brings from an identity provider: its answer, or what to ask it for. */
export type Delivery = { SAMLResponse?: string; SAMLart?: string; RelayState?: string }

export type ConsumerDependencies = SamlDependencies & { send: FencedSend }

/**
 * Takes the answer of an identity provider, checks it, and says where the browser goes on.
 * What does not hold goes back as well, so that the journey can say so.
 *
 * @param warn told what does not hold.
 * @returns undefined when the realm has no service provider of this alias.
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
    const vouched = await checkResponse(response, {
      idp,
      audience: sp.entityId,
      consumer: consumerUrl(at.baseUrl, metaAlias),
      skewSeconds: sp.assertionContent.assertionTimeSkew,
      now: from.now(),
    })
    return goTo({ responsekey: seal(vouched) })
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unknown'
    warn(problem)
    const responsekey = seal({ refused: 'the answer of the identity provider does not hold' })
    return goTo({ responsekey, error: 'true', errorCode: 'samlVerify' })
  }
}

/** An answer and who is to have signed it. */
async function answerIn(
  { SAMLResponse: response, SAMLart: artifact }: Delivery,
  { documents, send, now }: ConsumerDependencies,
  { realm }: SamlRealm,
  sp: ServiceProvider,
) {
  if (response !== undefined) {
    return { response, idp: await trustedIdp(documents, realm, sp, issuerOf(response)) }
  }
  if (artifact === undefined) throw new Error('the request has no answer in it')
  const { source } = readArtifact(artifact)
  const entityId = (await entityIds(documents, realm)).find((each) => sourceOf(each) === source)
  if (entityId === undefined) throw new Error('the artifact is of somebody unknown')
  const idp = await trustedIdp(documents, realm, sp, entityId)
  return { response: await resolveArtifact(artifact, { idp, issuer: sp.entityId, now: now(), send }), idp }
}

import { serviceProviderOf, trustedIdp } from './entities.ts'
import { consumerUrl } from './metadata.ts'
import { returnUrl } from './return-page.ts'
import type { SamlDependencies, SamlRealm } from './saml-sign-in.ts'
import { answerMs, type SamlAnswer, sealAnswer } from './sealed-answer.ts'
import { checkResponse, issuerOf } from './vouched.ts'

/** What a browser brings from an identity provider. */
export type Delivery = { SAMLResponse?: string | undefined; RelayState?: string | undefined }

/**
 * Takes the answer of an identity provider, checks it, and says where the browser goes on.
 * What does not hold goes back as well, so that the journey can say so.
 *
 * @param warn told what does not hold.
 * @returns undefined when the realm has no service provider of this alias.
 */
export async function consume(
  from: SamlDependencies,
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
    const response = delivery.SAMLResponse
    if (response === undefined) throw new Error('the request has no answer in it')
    const idp = await trustedIdp(from.documents, at.realm, sp, issuerOf(response))
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

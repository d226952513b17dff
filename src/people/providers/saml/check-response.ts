import { z } from 'zod'
import { saml } from './bindings.ts'
import type { IdpMetadata } from './metadata.ts'
import { parseXml, plainText } from './xml.ts'

/** Statements that the identity provider has signed. */
export type VerifiedAssertion = {
  idp: string
  /** The id of the request that it responds to. */
  inResponseTo: string
  nameId: { value: string; format: string; nameQualifier: string; spNameQualifier: string }
  sessionIndex: string
  attributes: Record<string, string[]>
}

type Expected = {
  idp: IdpMetadata
  /** The entity id for which the assertion must be meant. */
  audience: string
  consumer: string
  skewSeconds: number
  /** Epoch milliseconds. */
  now: number
}

const first = <Item extends z.ZodType>(item: Item) => z.tuple([item], z.unknown())

/** The signed assertion as `node-saml` returns it: every element is a list, with its attributes in `$`. */
const assertionSchema = z.object({
  Assertion: z.object({
    Subject: first(
      z.object({
        SubjectConfirmation: z.array(
          z.object({
            $: z.object({ Method: z.string() }),
            SubjectConfirmationData: first(
              z.object({
                $: z.object({
                  Recipient: z.string(),
                  InResponseTo: z.string(),
                  NotOnOrAfter: z.string(),
                }),
              }),
            ).exactOptional(),
          }),
        ),
      }),
    ),
    AuthnStatement: z.array(z.unknown()).min(1),
  }),
})

const responseSchema = z.object({
  Response: z.object({
    '@Destination': z.string().exactOptional(),
    Status: z.object({ StatusCode: z.object({ '@Value': z.string() }) }),
  }),
})

/**
 * Checks a response: signature of response or assertion, status, issuer, destination, audience, recipient and time. Source:
 * "Profiles for SAML 2.0", 4.1.4.3. Callers check that it belongs to their request.
 *
 * @param response base64, as received.
 * @throws Error with the reason if a check fails.
 */
export async function checkResponse(response: string, expected: Expected): Promise<VerifiedAssertion> {
  const { SAML } = await import('@node-saml/node-saml')
  const { idp, audience, consumer, skewSeconds } = expected
  checkEnvelope(Buffer.from(response, 'base64').toString(), consumer)
  const library = new SAML({
    idpCert: [...idp.certificates],
    issuer: audience,
    audience,
    callbackUrl: consumer,
    acceptedClockSkewMs: skewSeconds * 1000,
    // One of the two signatures is required. The library reads only what it covers.
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
  })
  const { profile } = await library.validatePostResponseAsync({ SAMLResponse: response })
  const assertion = profile?.getAssertion?.()
  if (!profile || assertion === undefined) throw new Error('the response has no assertion')
  if (profile.issuer !== idp.entityId) throw new Error('the assertion has another issuer')
  if (!profile.nameID) throw new Error('the assertion has no name id')
  return {
    idp: profile.issuer,
    inResponseTo: confirmed(assertion, expected),
    nameId: {
      value: profile.nameID,
      format: profile.nameIDFormat ?? '',
      nameQualifier: profile.nameQualifier ?? '',
      spNameQualifier: profile.spNameQualifier ?? '',
    },
    sessionIndex: profile.sessionIndex ?? '',
    attributes: attributesOf(profile.attributes),
  }
}

/** The first issuer in the text. Every quantifier ends at the next bracket, so the search takes linear time. */
const issuerElement = /<(?:[\w.-]+:)?Issuer(?:\s[^<>]*)?>([^<]{1,4096})<\/(?:[\w.-]+:)?Issuer\s*>/

const signatureElement = /<(?:[\w.-]+:)?Signature[\s>]/

/**
 * The issuer named in a response, found without parsing it. It only selects the certificates to check the response with:
 * `checkResponse` compares it with the signed issuer.
 *
 * @param response base64
 * @throws Error if the response has no issuer or no signature.
 */
export function issuerOf(response: string): string {
  const xml = Buffer.from(response, 'base64').toString()
  // rule S08: otherwise a SAML answer without a signature is parsed
  if (!signatureElement.test(xml)) throw new Error('the response is not signed')
  const issuer = issuerElement.exec(xml)?.[1]?.trim()
  if (!issuer) throw new Error('the response has no issuer')
  return plainText(issuer)
}

/** Checks the parts around the assertion, signed or not, and rejects SHA-1 anywhere in the response. */
function checkEnvelope(xml: string, consumer: string): void {
  const read = parseXml(xml)
  if (algorithmsIn(read).some((name) => name.includes('sha1'))) {
    throw new Error('signatures with SHA-1 are not accepted')
  }
  const parsed = responseSchema.safeParse(read)
  if (!parsed.success) throw new Error('this is not a SAML response')
  const { '@Destination': destination = consumer, Status } = parsed.data.Response
  if (destination !== consumer) throw new Error('the response has another destination')
  const status = Status.StatusCode['@Value']
  if (status !== saml.success)
    throw new Error(`the identity provider responded with ${status.replace(/.*:/, '')}`)
}

function algorithmsIn(read: unknown): string[] {
  const found: string[] = []
  const left = [read]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    for (const [name, value] of Object.entries(next)) {
      if (name === '@Algorithm' && typeof value === 'string') found.push(value)
      else left.push(value)
    }
  }
  return found
}

/** @returns the id of the request in the bearer confirmation. */
function confirmed(assertion: unknown, { consumer, skewSeconds, now }: Expected): string {
  const parsed = assertionSchema.safeParse(assertion)
  if (!parsed.success)
    throw new Error('the assertion has no bearer confirmation or no authentication statement')
  const [{ SubjectConfirmation }] = parsed.data.Assertion.Subject
  const latest = now - skewSeconds * 1000
  const [valid] = SubjectConfirmation.flatMap(({ $, SubjectConfirmationData }) => {
    if ($.Method !== saml.bearer || SubjectConfirmationData === undefined) return []
    const { Recipient, NotOnOrAfter, InResponseTo } = SubjectConfirmationData[0].$
    const isInTime = Date.parse(NotOnOrAfter) > latest
    return Recipient === consumer && isInTime ? [InResponseTo] : []
  })
  if (valid === undefined) throw new Error('the assertion has another recipient or has expired')
  return valid
}

function attributesOf(values: unknown): Record<string, string[]> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(values ?? {})
  const entries = Object.entries(parsed.data ?? {}).map(([name, value]): [string, string[]] => {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return [name, values.filter((each) => typeof each === 'string')]
  })
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0))
}

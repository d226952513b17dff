import { z } from 'zod'
import { saml } from './bindings.ts'
import type { IdpMetadata } from './metadata.ts'
import { parseXml, plainText } from './xml.ts'

/** What an identity provider vouches for: everything here was signed by it. */
export type Vouched = {
  idp: string
  /** The request that it answers. */
  inResponseTo: string
  nameId: { value: string; format: string; nameQualifier: string; spNameQualifier: string }
  sessionIndex: string
  attributes: Record<string, string[]>
}

type Expected = {
  idp: IdpMetadata
  /** Whom the assertion must be for. */
  audience: string
  consumer: string
  skewSeconds: number
  /** Epoch milliseconds. */
  now: number
}

const first = <Item extends z.ZodType>(item: Item) => z.tuple([item], z.unknown())

/** The signed assertion, as `node-saml` answers it: every element a list, its attributes in `$`. */
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
 * Checks an answer: signature of response or assertion, status, issuer, destination, audience, recipient and time.
 * Source: "Profiles for SAML 2.0", 4.1.4.3. Whether it answers a request of ours is for the caller to check.
 *
 * @param response base64, as it came.
 * @throws Error that says what does not hold.
 */
export async function checkResponse(response: string, expected: Expected): Promise<Vouched> {
  const { SAML } = await import('@node-saml/node-saml')
  const { idp, audience, consumer, skewSeconds } = expected
  checkEnvelope(Buffer.from(response, 'base64').toString(), consumer)
  const library = new SAML({
    idpCert: [...idp.certificates],
    issuer: audience,
    audience,
    callbackUrl: consumer,
    acceptedClockSkewMs: skewSeconds * 1000,
    // One of the two signatures has to be there; what it covers is what is read.
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
  })
  const { profile } = await library.validatePostResponseAsync({ SAMLResponse: response })
  const assertion = profile?.getAssertion?.()
  if (!profile || assertion === undefined) throw new Error('the answer has no assertion')
  if (profile.issuer !== idp.entityId) throw new Error('the assertion is of another issuer')
  if (!profile.nameID) throw new Error('the assertion names nobody')
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
 * The issuer that an answer names, found without parsing it. It only selects the certificates to check the answer with:
 * `checkResponse` compares it with the signed issuer.
 *
 * @param response base64
 * @throws Error when the answer names no issuer, or has no signature at all.
 */
export function issuerOf(response: string): string {
  const xml = Buffer.from(response, 'base64').toString()
  if (!signatureElement.test(xml)) throw new Error('nothing in the answer is signed')
  const issuer = issuerElement.exec(xml)?.[1]?.trim()
  if (!issuer) throw new Error('the answer names no issuer')
  return plainText(issuer)
}

/** Checks the parts around the assertion, signed or not. Signatures and digests with SHA-1 prove nothing. */
function checkEnvelope(xml: string, consumer: string): void {
  const read = parseXml(xml)
  if (algorithmsIn(read).some((name) => name.includes('sha1'))) {
    throw new Error('signatures with SHA-1 do not count')
  }
  const parsed = responseSchema.safeParse(read)
  if (!parsed.success) throw new Error('the answer is no SAML response')
  const { '@Destination': destination = consumer, Status } = parsed.data.Response
  if (destination !== consumer) throw new Error('the answer is meant for another address')
  const status = Status.StatusCode['@Value']
  if (status !== saml.success) throw new Error(`the identity provider answered ${status.replace(/.*:/, '')}`)
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

/** @returns the request that the bearer's confirmation names. */
function confirmed(assertion: unknown, { consumer, skewSeconds, now }: Expected): string {
  const parsed = assertionSchema.safeParse(assertion)
  if (!parsed.success) throw new Error('the assertion has no bearer that it is for, or no authentication')
  const [{ SubjectConfirmation }] = parsed.data.Assertion.Subject
  const latest = now - skewSeconds * 1000
  const [valid] = SubjectConfirmation.flatMap(({ $, SubjectConfirmationData }) => {
    if ($.Method !== saml.bearer || SubjectConfirmationData === undefined) return []
    const { Recipient, NotOnOrAfter, InResponseTo } = SubjectConfirmationData[0].$
    const isInTime = Date.parse(NotOnOrAfter) > latest
    return Recipient === consumer && isInTime ? [InResponseTo] : []
  })
  if (valid === undefined) throw new Error('the assertion is for another recipient, or its time is over')
  return valid
}

function attributesOf(told: unknown): Record<string, string[]> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(told ?? {})
  const entries = Object.entries(parsed.data ?? {}).map(([name, value]): [string, string[]] => {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return [name, values.filter((each) => typeof each === 'string')]
  })
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0))
}

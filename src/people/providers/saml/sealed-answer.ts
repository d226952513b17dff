import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { SealError, type Sealer } from '../../../secrets/seal.ts'

const assertion = z.object({
  idp: z.string(),
  id: z.string().default(''),
  usableUntil: z.number().default(0),
  inResponseTo: z.string(),
  nameId: z.object({
    value: z.string(),
    format: z.string(),
    nameQualifier: z.string(),
    spNameQualifier: z.string(),
  }),
  sessionIndex: z.string(),
  attributes: z.record(z.string(), z.array(z.string())),
  // Servers of the previous version leave these out.
  authnInstant: z.number().default(0),
  contextClass: z.string().default(''),
  contextDeclaration: z.string().default(''),
  sessionEndsAt: z.number().exactOptional(),
})

const answer = z.object({
  metaAlias: z.string(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
  /** Whether the browser has yet to show that it asked. Such an answer signs nobody in. */
  isUnclaimed: z.boolean().default(false),
  /** Where the sign-in started at the identity provider: the only journey in which the answer counts. */
  journey: z.string().exactOptional(),
  result: z.union([assertion, z.object({ refused: z.string() })]),
})

/** A checked response. The browser carries it, sealed, from the assertion consumer to the waiting node. */
export type SamlAnswer = z.infer<typeof answer>

/** Maximum time between the assertion consumer and the next step of the journey. */
export const answerMs = 120_000

/** Longer URLs risk being cut off by browsers and proxies. */
const maxLength = 6000

/** @throws Error if the identity provider sent more attributes than a link can carry. */
export function sealAnswer(sealer: Sealer, content: z.input<typeof answer>): string {
  const sealed = sealer.seal(deflateRawSync(JSON.stringify(content)).toString('base64'))
  if (sealed.length > maxLength) throw new Error('the response has more attributes than a link can carry')
  return sealed
}

/** @throws Error if this server did not seal it. */
export function openAnswer(sealer: Sealer, sealed: string): SamlAnswer {
  try {
    const packed = Buffer.from(sealer.open(sealed), 'base64')
    return answer.parse(JSON.parse(inflateRawSync(packed).toString()))
  } catch (error) {
    if (error instanceof SealError) throw new Error('the response was not checked by this server')
    throw error
  }
}

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { SealError, type Sealer } from '../../../secrets/seal.ts'

const vouched = z.object({
  idp: z.string(),
  inResponseTo: z.string(),
  nameId: z.object({
    value: z.string(),
    format: z.string(),
    nameQualifier: z.string(),
    spNameQualifier: z.string(),
  }),
  sessionIndex: z.string(),
  attributes: z.record(z.string(), z.array(z.string())),
})

const answer = z.object({
  metaAlias: z.string(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
  result: z.union([vouched, z.object({ refused: z.string() })]),
})

/** A checked answer on its way from the endpoint, through the browser, to the node that waits for it. */
export type SamlAnswer = z.infer<typeof answer>

/** Longest that a browser may take from the endpoint back to its journey. */
export const answerMs = 120_000

/** Links longer than this get lost on the way. */
const maxLength = 6000

/** @throws Error when the identity provider tells more than a link can carry. */
export function sealAnswer(sealer: Sealer, content: SamlAnswer): string {
  const sealed = sealer.seal(deflateRawSync(JSON.stringify(content)).toString('base64'))
  if (sealed.length > maxLength) throw new Error('the answer has more attributes than a link can carry')
  return sealed
}

/** @throws Error for what is not ours. */
export function openAnswer(sealer: Sealer, sealed: string): SamlAnswer {
  try {
    const packed = Buffer.from(sealer.open(sealed), 'base64')
    return answer.parse(JSON.parse(inflateRawSync(packed).toString()))
  } catch (error) {
    if (error instanceof SealError) throw new Error('the answer was not checked here')
    throw error
  }
}

import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { badRequest } from '../base/errors.ts'
import type { AuthIndex } from './saved-run.ts'

const attributeSchema = z.object({
  Attribute: z.object({ '@name': z.string() }),
  Value: z.array(z.string()).default([]),
})

const adviceSchema = z.object({
  Advices: z.object({ AttributeValuePair: z.array(attributeSchema).default([]) }),
})

/** Advices that name a journey. Source: "Authenticate endpoint parameters", `composite_advice`. */
const journeyAdvices = new Set(['AuthenticateToServiceConditionAdvice', 'AuthenticateToTreeConditionAdvice'])

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  processEntities: true,
  isArray: (name) => name === 'AttributeValuePair' || name === 'Value',
})

/**
 * What an advice starts: its transaction, else its first journey, without the realm that AM may put before a colon.
 * @throws RequestError 400 when the text is not an advice.
 */
export function indexOfAdvice(xml: string): AuthIndex | undefined {
  const advices = advicesOf(xml)
  const transaction = advices.find(({ name }) => name === 'TransactionConditionAdvice')
  if (transaction !== undefined) return { type: 'transaction', value: transaction.value }
  const journey = advices.find(({ name }) => journeyAdvices.has(name))
  return journey && { type: 'service', value: journey.value.slice(journey.value.lastIndexOf(':') + 1) }
}

function advicesOf(xml: string): { name: string; value: string }[] {
  if (XMLValidator.validate(xml) !== true || /<!DOCTYPE/i.test(xml)) throw invalid()
  const parsed = adviceSchema.safeParse(parser.parse(xml))
  if (!parsed.success) throw invalid()
  return parsed.data.Advices.AttributeValuePair.flatMap(({ Attribute, Value }) =>
    Value.map((value) => ({ name: Attribute['@name'], value: value.trim() })),
  )
}

function invalid() {
  return badRequest('authIndexValue is not a valid composite advice: expected <Advices>…</Advices>')
}

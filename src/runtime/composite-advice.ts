import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { badRequest } from '../base/errors.ts'

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
 * The journeys that an advice names, in its order, without the realm that AM may put before a colon.
 * @throws RequestError 400 when the text is not an advice.
 */
export function journeysOfAdvice(xml: string): string[] {
  return advicesOf(xml)
    .filter(({ name }) => journeyAdvices.has(name))
    .map(({ value }) => value.slice(value.lastIndexOf(':') + 1))
}

/** The transaction that an advice names, if any. */
export function transactionOfAdvice(xml: string): string | undefined {
  return advicesOf(xml).find(({ name }) => name === 'TransactionConditionAdvice')?.value
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

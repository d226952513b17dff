import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import type { Answer } from '../../engine/callbacks.ts'
import type { JsonObject } from '../../engine/json.ts'
import { type NodeLog, singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { answersByName, type Field, fieldsOf, givenValue, isMissing, questionOf } from './attribute-field.ts'
import {
  attributeInState,
  attributeOf,
  container,
  storeAttribute,
  withAttribute,
} from './object-attributes.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'
import {
  checkPolicies,
  isValidateOnly,
  noPolicyAnswer,
  type PolicyFailures,
  policyErrors,
} from './policy-checks.ts'

/** Asks for attributes of a person. Source: "Attribute Collector node". */
export const attributeCollector = defineNode({
  type: 'AttributeCollectorNode',
  version: '1.0',
  title: 'Attribute Collector',
  help: 'Asks for attributes of a person, shows what is known already, and keeps the answers in shared state.',
  tags: ['identity management'],
  family: 'collect',
  config: z.object({
    attributesToCollect: setting(
      'Attributes to Collect',
      'Names of the attributes to ask for, in order; `parent/child` for one inside another.',
      z.array(z.string()).min(1).prefault([]),
      'attribute',
    ),
    required: setting('All Attributes Required', 'Whether each must be given.', z.boolean().default(false)),
    validateInputs: setting(
      'Validate Input',
      'Accept only values that the policies allow, and only attributes that people may edit.',
      z.boolean().default(false),
    ),
    identityAttribute: identityAttribute('userName'),
  }),
  outcomes: singleOutcome,
  reads: (config) => [...config.attributesToCollect, ...personReads(config.identityAttribute)],
  writes: () => [container],
  callbacks: {
    StringAttributeInputCallback: 'An attribute that is a text.',
    NumberAttributeInputCallback: 'One that is a number.',
    BooleanAttributeInputCallback: 'One that is true or false.',
  },
  errors: {
    ...policyErrors,
    fail: {
      ...policyErrors.fail,
      'Configuration contains an invalid attribute':
        'People have no such attribute or may not see it, or, with **Validate Input**, not edit it.',
      'Unhandleable data type: ‹type›': 'The attribute is a list, an object or a relationship.',
      'No callback match for failed policy! Policy failed on ‹policies›':
        'A policy failed of an attribute that is not asked for.',
    },
  },
  needs: ['identities'],
  reference: { keys: { [container]: 'Attributes of the person, as the journey collected them.' } },
  async run(context) {
    const { config, state, identities } = context
    const fields = fieldsOf(config, identities)
    if (typeof fields === 'string') return fail(fields)
    const given = answersByName(fields, context.answers)
    const person = await findPerson(context, config.identityAttribute)
    const ask = (failures: PolicyFailures = {}) => {
      const [first, ...rest] = fields.map((field) => {
        const answer = given.get(field.name)
        const inState = attributeInState(state, field.name)
        const known = givenValue(answer) ?? inState ?? attributeOf(person ?? null, field.name)
        return questionOf(field, known, answer, failures[field.name])
      })
      return first === undefined ? goTo('outcome') : send([first, ...rest])
    }

    if (given.size === 0 || fields.some((field) => isMissing(field, given))) return ask()
    if (config.validateInputs) {
      const failures = await failuresOf(context, fields, given, person?._id)
      if (typeof failures === 'string') return fail(failures)
      const hasFailed = Object.values(failures).some((failed) => failed.length > 0)
      if (hasFailed || [...given.values()].some(isValidateOnly)) return ask(failures)
    }
    for (const [name, answer] of given) storeAttribute(state, 'shared', name, givenValue(answer))
    return goTo('outcome')
  },
})

/** @returns the failed policies by attribute, or what the node fails with. */
async function failuresOf(
  ports: { identities: IdentityPort; log: NodeLog },
  fields: readonly Field[],
  given: ReadonlyMap<string, Answer>,
  personId: string | undefined,
): Promise<PolicyFailures | string> {
  const values = [...given].reduce<JsonObject>(
    (object, [name, answer]) => withAttribute(object, name, givenValue(answer)),
    {},
  )
  const failures = await checkPolicies(ports, values, personId)
  if (failures === undefined) return noPolicyAnswer
  const unasked = Object.entries(failures).filter(
    ([property, failed]) => failed.length > 0 && !fields.some(({ name }) => name === property),
  )
  if (unasked.length === 0) return failures
  const named = unasked.map(([property, policyRequirements]) => ({ policyRequirements, property }))
  return `No callback match for failed policy! Policy failed on ${JSON.stringify(named)}`
}

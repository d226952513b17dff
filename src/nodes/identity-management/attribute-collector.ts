import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { fail, goTo, send } from '../../engine/action.ts'
import type { Answer } from '../../engine/callbacks.ts'
import { type NodeLog, singleOutcome } from '../../engine/node-type.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
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
  title: 'Attribute Collector',
  help: 'Asks for attributes of the person, shows their known values, and stores the answers in shared state.',
  tags: ['identity management'],
  family: 'collect',
  config: () =>
    z.object({
      attributesToCollect: setting(
        'Attributes to Collect',
        'Names of the attributes to ask for, in order. `parent/child` names a nested attribute.',
        z.array(z.string()).min(1).prefault([]),
        'attribute',
      ),
      required: flagSetting('All Attributes Required', 'Requires a value for every attribute.'),
      validateInputs: flagSetting(
        'Validate Input',
        'Accepts only valid values, and only attributes that people may edit.',
      ),
      identityAttribute: identityAttribute('userName'),
    }),
  outcomes: singleOutcome,
  reads: (config) => [...config.attributesToCollect, ...personReads(config.identityAttribute)],
  writes: () => [container],
  callbacks: {
    StringAttributeInputCallback: 'A text attribute.',
    NumberAttributeInputCallback: 'A number attribute.',
    BooleanAttributeInputCallback: 'A boolean attribute.',
  },
  errors: {
    ...policyErrors,
    fail: {
      ...policyErrors.fail,
      'Configuration contains an invalid attribute':
        'The attribute doesn’t exist or is hidden. With **Validate Input**, the attribute may also be read-only.',
      'Unhandleable data type: ‹type›': 'The attribute is a list, an object or a relationship.',
      'No callback match for failed policy! Policy failed on ‹policies›':
        'A policy of an attribute that is not collected failed.',
    },
  },
  needs: ['identities'],
  reference: { keys: { [container]: 'Attributes of the person that the journey collected.' } },
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

/** @returns the failed policies by attribute, or the error to fail with */
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
  const others = Object.entries(failures).filter(
    ([property, failed]) => failed.length > 0 && !fields.some(({ name }) => name === property),
  )
  if (others.length === 0) return failures
  const named = others.map(([property, policyRequirements]) => ({ policyRequirements, property }))
  return `No callback match for failed policy! Policy failed on ${JSON.stringify(named)}`
}

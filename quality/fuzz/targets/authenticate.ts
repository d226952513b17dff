import fc from 'fast-check'
import type { JsonObject } from '../../../src/base/json.ts'
import { filledIn } from '../../../test/support/wire.ts'
import { changed, oddJson, oddText, torn } from '../oddities.ts'
import type { Target } from '../target.ts'
import type { World } from '../world.ts'

const parameters = [
  'authIndexType',
  'authIndexValue',
  'goto',
  'suspendedId',
  'locale',
  'noSession',
  'ForceAuth',
  'realm',
  'service',
  '_action',
]

const words = [
  'service',
  'transaction',
  'composite_advice',
  'Greeting',
  '<Advices><AttributeValuePair/></Advices>',
  '/alpha',
  'true',
]

/** Steps of journeys, with answers that no real client would send. */
export const authenticate: Target = {
  name: 'authenticate',
  property: (world) =>
    fc.asyncProperty(bodies(world), queries, async (body, query) => {
      const path = `/am/json/realms/root/realms/alpha/authenticate${query}`
      await world.ask({ method: 'POST', path, body })
    }),
}

const queries = fc
  .array(fc.tuple(fc.constantFrom(...parameters), fc.oneof(fc.constantFrom(...words), oddText)), {
    maxLength: 3,
  })
  .map((pairs) => (pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`))

function bodies({ steps }: World): fc.Arbitrary<string> {
  const answered = fc
    .tuple(fc.constantFrom(...steps), fc.array(oddJson, { maxLength: 3 }))
    .map(([step, values]) => filledIn(step, ...values))
  return answered.chain((step: JsonObject) =>
    fc.oneof(
      oddJson.map((json) => JSON.stringify(json)),
      torn(JSON.stringify(step)),
      torn(String(step.authId)).map((authId) => JSON.stringify({ ...step, authId })),
      changed(step).map((json) => JSON.stringify(json)),
    ),
  )
}

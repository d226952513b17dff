import fc from 'fast-check'
import type { Json, JsonObject } from '../../../src/base/json.ts'
import { failureId, successId } from '../../../src/engine/journey.ts'
import { filledIn, type WireStep } from '../../../test/support/wire.ts'
import { oddJson } from '../oddities.ts'
import type { Target } from '../target.ts'
import { Violation, type World } from '../world.ts'

/** Node types with settings, and the outcomes that they have with these. */
const kinds: readonly { type: string; config: JsonObject; outcomes: readonly string[] }[] = [
  { type: 'MessageNode', config: { message: { en: 'Well?' } }, outcomes: ['true', 'false'] },
  {
    type: 'ChoiceCollectorNode',
    config: { choices: ['a', 'b'], defaultChoice: 'a', prompt: 'Which?' },
    outcomes: ['a', 'b'],
  },
  { type: 'UsernameCollectorNode', config: {}, outcomes: ['outcome'] },
  { type: 'PasswordCollectorNode', config: {}, outcomes: ['outcome'] },
  { type: 'DataStoreDecisionNode', config: {}, outcomes: ['true', 'false'] },
  { type: 'RetryLimitDecisionNode', config: { retryLimit: 2 }, outcomes: ['Retry', 'Reject'] },
  { type: 'SetStateNode', config: { attributes: { username: 'alex', x: 'y' } }, outcomes: ['outcome'] },
  { type: 'ModifyAuthLevelNode', config: { authLevelIncrement: 3 }, outcomes: ['outcome'] },
  { type: 'InnerTreeEvaluatorNode', config: { tree: 'Login' }, outcomes: ['true', 'false'] },
  { type: 'InnerTreeEvaluatorNode', config: { tree: 'Fuzz' }, outcomes: ['true', 'false'] },
  { type: 'SetSuccessUrlNode', config: { successUrl: 'https://evil.example/' }, outcomes: ['outcome'] },
  {
    type: 'PollingWaitNode',
    config: { secondsToWait: 1, waitingMessage: { en: 'Wait' } },
    outcomes: ['DONE'],
  },
  {
    type: 'BackChannelStatusNode',
    config: { recordData: true, recordTransactionData: true },
    outcomes: ['pending', 'inprogress', 'success', 'failure', 'unknown', 'error'],
  },
]

const maxNodes = 8
const maxSteps = 20

type RandomJourney = { kind: number; to: readonly number[] }[]

/** An outcome leads to a node, an end, or nowhere. */
const journeys: fc.Arbitrary<RandomJourney> = fc.array(
  fc.record({
    kind: fc.nat({ max: kinds.length - 1 }),
    to: fc.array(fc.nat({ max: maxNodes + 2 }), { minLength: 6, maxLength: 6 }),
  }),
  { minLength: 1, maxLength: maxNodes },
)

/** Random journeys with random answers. */
export const engine: Target = {
  name: 'engine',
  property: (world) =>
    fc.asyncProperty(journeys, fc.infiniteStream(oddJson), async (journey, answers) => {
      const path = '/am/json/realms/root/realms/alpha'
      const headers = { iplanetdirectorypro: await world.administrator() }
      const at = `${path}/journeys/Fuzz`
      await world.ask({ method: 'DELETE', path: `${at}?force=true`, headers })
      const saved = await world.ask({
        method: 'PUT',
        path: at,
        headers: { ...headers, 'if-none-match': '*' },
        body: JSON.stringify(documentOf(journey)),
      })
      if (saved.status >= 300)
        throw new Violation(`a random journey was not saved: ${saved.status} ${saved.text}`)
      await walk(world, `${path}/authenticate?authIndexType=service&authIndexValue=Fuzz`, answers)
    }),
}

/** Answers all callbacks until the journey ends or has taken enough steps. */
async function walk(world: World, path: string, answers: Iterator<Json>): Promise<void> {
  let body = ''
  for (let step = 0; step < maxSteps; step++) {
    const { status, text } = await world.ask({ method: 'POST', path, body })
    const answer = JSON.parse(text) as JsonObject
    if (status !== 200 || answer.callbacks === undefined) {
      if (String(answer.successUrl).includes('evil'))
        throw new Violation(`it redirects to another site: ${text}`)
      return
    }
    const values = Array.from({ length: 3 }, () => plain(answers.next().value))
    body = JSON.stringify(filledIn(answer as unknown as WireStep, ...values))
  }
}

/** Half of all answers are plausible input of a person. */
function plain(value: Json): Json {
  return typeof value === 'string' && value.length % 2 === 0 ? 'alex' : value
}

function documentOf(journey: RandomJourney): JsonObject {
  const idOf = (place: number) => `f0220000-0000-4000-8000-${String(place).padStart(12, '0')}`
  const targetOf = (place: number): string | undefined => {
    if (place < journey.length) return idOf(place)
    return { [maxNodes]: successId, [maxNodes + 1]: failureId }[place]
  }
  const placed = journey.map(({ kind, to }, place) => {
    const { type = '', config = {}, outcomes = [] } = kinds[kind] ?? {}
    const connections = outcomes.flatMap((outcome, index) => {
      const target = targetOf(to[index] ?? 0)
      // AM rejects a node that leads to itself.
      return target === undefined || target === idOf(place) ? [] : [[outcome, target] as const]
    })
    return { id: idOf(place), type, config, connections: Object.fromEntries(connections) }
  })
  return {
    tree: {
      _id: 'Fuzz',
      entryNodeId: idOf(0),
      enabled: true,
      nodes: Object.fromEntries(
        placed.map(({ id, type, connections }) => [
          id,
          { nodeType: type, version: '1.0', displayName: type, connections, x: 0, y: 0 },
        ]),
      ),
    },
    nodes: Object.fromEntries(
      placed.map(({ id, type, config }) => [id, { _id: id, _type: { _id: type }, ...config }]),
    ),
    innerNodes: {},
  }
}

import { z } from 'zod'
import { type JsonObject, jsonObjectSchema } from '../../base/json.ts'
import { durationMs } from '../walk-file.ts'
import type { Mutant } from './mutant.ts'

/** A walk as a file has it, before it is parsed. */
export const rawWalkSchema = z.looseObject({
  it: z.string(),
  steps: z
    .preprocess((steps) => (Array.isArray(steps) ? steps.flat(9) : steps), z.array(z.looseObject({})))
    .default([]),
  parties: z.record(z.string(), z.unknown()).optional(),
  realm: z.looseObject({}).optional(),
  writes: z.looseObject({ shared: jsonObjectSchema.optional() }).optional(),
})

export type RawWalk = z.infer<typeof rawWalkSchema>
type Step = RawWalk['steps'][number]

/** A member that a walk lacks, a text that a step should ask for, a part of the first email, or a value in shared state. */
export type Expectation =
  | { members: Record<string, unknown> }
  | { step: number; asks: string }
  | { mail: Record<string, string> }
  | { shared: JsonObject }

/** A walk without expectations. `isNew`: no file has its steps. */
export type Variant = { walk: RawWalk; isNew: boolean }

/** A password or code that nobody has. */
const wrongAnswer = 'Wrong-Answer-1'
const maxTimes = 20

/** The walk itself, and walks with other answers, later answers and more attempts, the most likely to show the mutant first. */
export function variantsOf(given: RawWalk, { number }: Pick<Mutant, 'number'>): Variant[] {
  const same = withoutExpectations(given)
  // A step that only expected a page has nothing left.
  const walk = { ...same, steps: same.steps.filter((step) => Object.keys(step).length > 0) }
  const wrong = walk.steps.flatMap((_, place) => withWrongAnswer(walk, place))
  const variants = [
    ...wrong.map(({ walk: one }) => one),
    ...(number?.units ?? []).flatMap((unit) => later(walk, (number?.value ?? 0) + 1, unit)),
    ...wrong.flatMap((one) => (number === undefined ? [] : repeated(one, number.value))),
  ]
  return [{ walk: same, isNew: false }, ...variants.map((one) => ({ walk: one, isNew: true }))]
}

const expectations: ReadonlySet<string> = new Set([
  ...['ends', 'path', 'visits', 'people', 'mail', 'told', 'skip', 'generated', 'outcome', 'writes'],
])

function withoutExpectations(walk: RawWalk): RawWalk {
  const inputs = Object.entries(walk).filter(([name]) => !expectations.has(name))
  const steps = walk.steps.map((step) =>
    withAction(step, ({ asks: _asks, ends: _ends, ...action }) => action),
  )
  return { ...Object.fromEntries(inputs), it: walk.it, steps }
}

const otherSteps: ReadonlySet<string> = new Set(['wait', 'mail', 'update', 'request', 'approve', 'decline'])
const partyStep = z.record(z.string(), z.looseObject({})).refine((step) => Object.keys(step).length === 1)
const actions = [
  'start',
  'opens',
  'answer',
  'redirect',
  'returns',
  'phone',
  'rejects',
  'asks',
  'keep',
  'ends',
]

/** Changes the action of a step, also in the step of a party. */
export function withAction(step: Step, change: (action: Step) => Step): Step {
  const [name = ''] = Object.keys(step)
  if (otherSteps.has(name)) return step
  const party = actions.includes(name) ? undefined : partyStep.safeParse(step).data?.[name]
  return party === undefined ? change(step) : { [name]: change(party) }
}

const answerSchema = z.record(z.string(), z.unknown())

/** Passwords and codes are answers that the file doesn't know: values of people, and values that a step kept. */
function withWrongAnswer(walk: RawWalk, place: number): { walk: RawWalk; place: number }[] {
  const step = walk.steps[place]
  const names: string[] = []
  const changed =
    step &&
    withAction(step, (action) => {
      const answer = Object.entries(answerSchema.safeParse(action.answer).data ?? {}).map(([name, value]) => {
        const isKnown = typeof value !== 'string' || !value.includes('${')
        if (!isKnown) names.push(name)
        return [name, isKnown ? value : wrongAnswer]
      })
      return { ...action, ...(answer.length === 0 ? {} : { answer: Object.fromEntries(answer) }) }
    })
  if (changed === undefined || names.length === 0) return []
  const it = `${walk.it}, but with a wrong ${names.join(' and ')}`
  return [{ place, walk: { ...walk, it, steps: [...walk.steps.slice(0, place), changed] } }]
}

/** Walks that wait before one of their answers. */
function later(walk: RawWalk, amount: number, unit: string): RawWalk[] {
  const wait = `${amount}${unit}`
  const minutes = Math.ceil(durationMs(wait) / 60_000)
  // Otherwise the journey itself ends first.
  const realm = minutes < 4 ? {} : { realm: { ...walk.realm, journeyMinutes: minutes + 10 } }
  return walk.steps.flatMap((step, place): RawWalk[] => {
    const [name = ''] = Object.keys(step)
    if (place === 0 || otherSteps.has(name)) return []
    const steps = [...walk.steps.slice(0, place), { wait }, ...walk.steps.slice(place)]
    return [{ ...walk, it: `${walk.it}, but ${wait} later`, ...realm, steps }]
  })
}

/** Walks with as many wrong answers as a limit allows, and one more. */
function repeated({ walk, place }: { walk: RawWalk; place: number }, limit: number): RawWalk[] {
  return [limit, limit + 1]
    .filter((times) => times > 1 && times <= maxTimes)
    .map((times) => ({
      ...walk,
      it: `${walk.it} ${times} times`,
      steps: walk.steps.map((step, at) =>
        at === place ? withAction(step, (action) => ({ ...action, times })) : step,
      ),
    }))
}

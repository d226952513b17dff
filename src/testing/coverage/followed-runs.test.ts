import fc from 'fast-check'
import { expect, test } from 'vitest'
import { enter, fail, goTo } from '../../engine/action.ts'
import { advance } from '../../engine/advance.ts'
import { innerJourneyOf, type Journeys, nodeOf } from '../../engine/journey.ts'
import { innermost, type JourneySession } from '../../engine/journey-session.ts'
import { freeze } from '../../journeys/revision.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { configurationOf, entering, twoOutcomes } from './fixtures/configuration.ts'
import { OutcomeCounter, type Visit } from './outcome-counter.ts'

// The counter derives the outcomes of nodes that run inner journeys. These runs of the engine show what really happened.

const names = ['A', 'B', 'C', 'D'] as const
const targets = ['n0', 'n1', 'n2', 'success', 'failure', 'gone', undefined]

const node = fc.record({
  inner: fc.constantFrom(undefined, undefined, ...names, 'Missing'),
  catches: fc.boolean(),
  to: fc.tuple(fc.constantFrom(...targets), fc.constantFrom(...targets), fc.constantFrom(...targets)),
})

const configuration = fc.tuple(...names.map(() => fc.tuple(node, node, node))).map((journeys) =>
  configurationOf(
    Object.fromEntries(
      journeys.map((nodes, at) => [
        names[at],
        Object.fromEntries(
          nodes.map(({ inner, catches, to: [yes, no, error] }, index) => {
            const own = (id: string | undefined) => (id?.startsWith('n') ? `${names[at]}${id}` : id)
            const to = Object.entries({ true: own(yes), false: own(no), error: own(error) })
            const connected = Object.fromEntries(
              to.flatMap(([outcome, target]) => (target === undefined ? [] : [[outcome, target]])),
            )
            const { error: _error, ...decided } = connected
            const settings = catches ? { ...decided, error: connected.error ?? 'failure' } : decided
            const made = inner === undefined ? { type: twoOutcomes, to: decided } : entering(inner, settings)
            return [`${names[at]}n${index}`, made]
          }),
        ),
      ]),
    ),
  ),
)

/** Runs the engine, and returns what the recorder would record and how it ended. */
function run(journeys: Journeys, choices: readonly number[]) {
  let session: JourneySession = {
    ...started,
    position: [{ journey: 'A', nodeId: journeys.A?.entryNodeId ?? '', hasErrorOutcome: false }],
  }
  const visits: Visit[] = []
  const taken: string[] = []
  for (const choice of choices) {
    const frame = innermost(session)
    const at = nodeOf(journeys, frame)
    if (at === undefined) throw new Error(`no node ${frame.nodeId}`)
    const inner = innerJourneyOf(at)
    const outcome = choice % 2 === 0 ? 'true' : 'false'
    const action =
      inner !== undefined
        ? enter(inner, at.config.displayErrorOutcome === true)
        : choice === 0
          ? fail('broken')
          : goTo(outcome)
    const result = { goTo: 'outcome', enter: 'entered', error: 'error' } as const
    visits.push({
      journeys: session.position.map(({ journey }) => journey),
      nodeId: frame.nodeId,
      page: null,
      result: result[action.kind as keyof typeof result],
      ...(action.kind === 'goTo' ? { outcome } : {}),
    })
    const advanced = advance({ journeys, session, state: { shared: {}, secure: {}, transient: {} } }, action)
    if (action.kind === 'goTo') taken.push(`${frame.journey}/${frame.nodeId} ${outcome}`)
    session = advanced.session
    if (advanced.next.kind !== 'node') return { visits, taken, end: advanced.next }
  }
  return { visits, taken, end: undefined }
}

const started: Omit<JourneySession, 'position'> = {
  v: 1,
  shared: {},
  secure: {},
  pending: [],
  isSuspended: false,
  session: { properties: {} },
}

test('the end of a run is the end that the engine reached', () => {
  fc.assert(
    fc.property(configuration, fc.array(fc.nat(6), { maxLength: 30 }), (content, choices) => {
      const revision = freeze('A', { ...content, realm: '/alpha' }, typesWith([]))
      if (revision === undefined) throw new Error('no journey A')
      const { visits, taken, end } = run(revision.journeys, choices)
      const counter = new OutcomeCounter(content)
      counter.add(visits)
      const { journeys } = counter.report()
      const root = journeys.find(({ name }) => name === 'A')
      const visitsOf = (name: string) => root?.ends.find((each) => each.end === name)?.visits ?? 0
      // A journey can't be its own inner journey, so the ends of A are those of the run.
      expect(visitsOf('success')).toBe(end?.kind === 'success' ? 1 : 0)
      const hasFailed = end?.kind === 'failure' && end.isError !== true
      expect(visitsOf('failure')).toBe(hasFailed ? 1 : 0)
      for (const text of taken) {
        const [, journey, id, outcome] = /^(.*)\/(.*) (.*)$/.exec(text) ?? []
        const found = journeys.find(({ name }) => name === journey)?.nodes.find((each) => each.id === id)
        expect(found?.outcomes.find((each) => each.id === outcome)?.visits).toBeGreaterThan(0)
      }
    }),
    { numRuns: 500 },
  )
})

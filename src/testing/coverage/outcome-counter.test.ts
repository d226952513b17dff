import { expect, test } from 'vitest'
import { configurationOf, entering, oneOutcome, twoOutcomes, visitsOf } from './fixtures/configuration.ts'
import { OutcomeCounter } from './outcome-counter.ts'
import { percentOf, uncoveredOutcomes } from './outcome-report.ts'

const login = {
  name: { type: oneOutcome, to: { outcome: 'check' } },
  check: { type: twoOutcomes, to: { true: 'success', false: 'failure' } },
}

function counted(journeys: Parameters<typeof configurationOf>[0], ...walks: string[][]) {
  const counter = new OutcomeCounter(configurationOf(journeys))
  for (const walk of walks) counter.add(visitsOf(...walk))
  const report = counter.report()
  const journey = (name: string) => {
    const found = report.journeys.find((each) => each.name === name)
    if (found === undefined) throw new Error(`no journey ${name}`)
    return found
  }
  return {
    report,
    journey,
    uncovered: uncoveredOutcomes(report).map((u) => `${u.journey}/${u.nodeId} → ${u.outcome}`),
  }
}

const signsIn = ['Login/name ?', 'Login/name → outcome', 'Login/check → true']

test('counts the outcomes, connections and ends that a walk took', () => {
  const { journey, uncovered } = counted({ Login: login }, signsIn)
  expect(journey('Login').totals).toEqual({
    outcomes: { covered: 2, total: 3 },
    connections: { covered: 3, total: 4 },
    ends: { covered: 1, total: 2 },
    innerJourneys: { covered: 0, total: 0 },
  })
  expect(uncovered).toEqual(['Login/check → false'])
  expect(journey('Login').starts).toBe(1)
})

test('counts nothing as covered without walks', () => {
  const { report, uncovered } = counted({ Login: login })
  expect(report.totals.outcomes).toEqual({ covered: 0, total: 3 })
  expect(report.totals.connections.covered).toBe(0)
  expect(uncovered).toHaveLength(3)
})

test('adds up the walks', () => {
  const { report, journey } = counted({ Login: login }, signsIn, [
    'Login/name → outcome',
    'Login/check → false',
  ])
  expect(report.totals.outcomes).toEqual({ covered: 3, total: 3 })
  expect(journey('Login').ends).toEqual([
    { end: 'success', visits: 1 },
    { end: 'failure', visits: 1 },
  ])
})

test('does not cover the outcome of a node that only asked', () => {
  const { journey } = counted({ Login: login }, ['Login/name ?'])
  expect(journey('Login').nodes[0]).toMatchObject({ visits: 1, outcomes: [{ visits: 0 }] })
})

test('takes the outcomes from the settings of a node', () => {
  const choices = { config: { choices: ['mail', 'phone'], defaultChoice: 'mail', prompt: 'How?' } }
  const { uncovered } = counted({
    Login: { choose: { type: 'ChoiceCollectorNode', to: { mail: 'success', phone: 'failure' }, ...choices } },
  })
  expect(uncovered).toEqual(['Login/choose → mail', 'Login/choose → phone'])
})

test('takes the outcomes of a custom node from its type', () => {
  const { uncovered } = counted({ Login: { way: { type: 'designer-threeways', to: { low: 'success' } } } })
  expect(uncovered).toEqual(['Login/way → low', 'Login/way → high', 'Login/way → unknown'])
})

test('takes the connected outcomes of a node with an unknown type', () => {
  const { uncovered } = counted({ Login: { way: { type: 'NoSuchNode', to: { ok: 'success' } } } })
  expect(uncovered).toEqual(['Login/way → ok'])
})

test('lists nodes that nothing reaches apart from the totals', () => {
  const { journey } = counted({ Login: { ...login, lost: { type: twoOutcomes, to: { true: 'success' } } } })
  expect(journey('Login').unreachable).toEqual([{ id: 'lost', name: 'Node lost' }])
  expect(journey('Login').totals.outcomes.total).toBe(3)
})

test('counts an unconnected outcome as an end of its own, and not as a connection', () => {
  const open = { check: { type: twoOutcomes, to: { true: 'success' } } }
  const { journey } = counted({ Login: open }, ['Login/check → false'])
  expect(journey('Login').ends).toEqual([
    { end: 'success', visits: 0 },
    { end: 'error', visits: 1 },
  ])
  expect(journey('Login').totals.connections).toEqual({ covered: 1, total: 2 })
  expect(journey('Login').errors).toBe(1)
})

test('counts the visit of a page once, by the outcome of its last node', () => {
  const page = {
    page: {
      type: 'PageNode',
      to: { outcome: 'success' },
      config: { nodes: [{ _id: 'name', nodeType: oneOutcome, displayName: 'Name' }] },
    },
  }
  const configuration = configurationOf({ Login: page })
  const name = { id: 'name', type: oneOutcome, version: '1.0', config: {} }
  const counter = new OutcomeCounter({ ...configuration, nodes: [...configuration.nodes, name] })
  counter.add(visitsOf('Login/name → outcome on page', 'Login/page → outcome'))
  const [coverage] = counter.report().journeys
  expect(coverage?.totals.outcomes).toEqual({ covered: 1, total: 1 })
  expect(coverage?.nodes[0]).toMatchObject({
    id: 'page',
    visits: 1,
    outcomes: [{ id: 'outcome', visits: 1 }],
  })
})

const outer = {
  enter: entering('Login', { true: 'success', false: 'failure', error: 'failure' }),
}

test('takes the outcome of a node that runs an inner journey from the end of that journey', () => {
  const { journey, uncovered } = counted(
    { Outer: outer, Login: login },
    ['Outer/enter ↓', 'Outer/Login/name → outcome', 'Outer/Login/check → true'],
    ['Outer/enter ↓', 'Outer/Login/name → outcome', 'Outer/Login/check → false'],
  )
  expect(uncovered).toEqual(['Outer/enter → error'])
  expect(journey('Outer').totals.innerJourneys).toEqual({ covered: 1, total: 1 })
  expect(journey('Outer').ends).toEqual([
    { end: 'success', visits: 1 },
    { end: 'failure', visits: 1 },
  ])
  expect(journey('Login').starts).toBe(2)
})

test('takes the outcome `error` when a node of the inner journey fails', () => {
  const { journey, uncovered } = counted({ Outer: outer, Login: login }, [
    'Outer/enter ↓',
    'Outer/Login/name !',
  ])
  expect(uncovered).not.toContain('Outer/enter → error')
  expect(uncovered).toContain('Outer/enter → true')
  expect(journey('Login').errors).toBe(1)
})

test('passes an error on to the journey that catches it', () => {
  const middle = { go: entering('Login', { true: 'success', false: 'failure' }) }
  const top = { call: entering('Middle', { true: 'success', false: 'failure', error: 'failure' }) }
  const { uncovered } = counted({ Top: top, Middle: middle, Login: login }, [
    'Top/call ↓',
    'Top/Middle/go ↓',
    'Top/Middle/Login/name !',
  ])
  expect(uncovered).toContain('Middle/go → true')
  expect(uncovered).toContain('Middle/go → false')
  expect(uncovered).not.toContain('Top/call → error')
})

test('ends each journey when an inner journey ends at once in an outer end', () => {
  const middle = { go: entering('Login', { true: 'success', false: 'failure' }) }
  const top = { call: entering('Middle', { true: 'success', false: 'failure' }) }
  const { journey } = counted({ Top: top, Middle: middle, Login: login }, [
    'Top/call ↓',
    'Top/Middle/go ↓',
    'Top/Middle/Login/name → outcome',
    'Top/Middle/Login/check → false',
  ])
  for (const name of ['Top', 'Middle', 'Login'])
    expect(journey(name).ends).toContainEqual({ end: 'failure', visits: 1 })
})

test('counts no entry of an inner journey that does not exist', () => {
  const { journey } = counted({ Outer: outer }, ['Outer/enter ↓'])
  expect(journey('Outer').totals.innerJourneys).toEqual({ covered: 0, total: 1 })
  expect(journey('Outer').errors).toBe(1)
})

test('finds the node that entered an inner journey if its visit was cut from the record', () => {
  const { uncovered } = counted({ Outer: outer, Login: login }, ['Outer/Login/check → true'])
  expect(uncovered).not.toContain('Outer/enter → true')
})

test('ignores visits of journeys and nodes that the configuration does not contain', () => {
  const { report } = counted({ Login: login }, ['Other/name → outcome', 'Login/gone → true'])
  expect(report.totals.outcomes.covered).toBe(0)
})

test('reports 100 percent only if everything is covered', () => {
  expect(percentOf({ covered: 9999, total: 10_000 })).toBe(99.9)
  expect(percentOf({ covered: 3, total: 3 })).toBe(100)
  expect(percentOf({ covered: 0, total: 0 })).toBeUndefined()
})

import { beforeAll, describe, expect, test } from 'vitest'
import { diagramOf } from './diagram.ts'
import { reasonFor, reasons } from './equivalent.ts'
import { Exploration } from './explore.ts'
import { findCounterexample } from './find.ts'
import { mutants } from './mutants.ts'
import { setScene } from './scene.ts'
import { boundless } from './scope.ts'
import { scopes } from './scopes.ts'
import { counterexampleWithout } from './try-mutant.ts'
import { World } from './world.ts'

// The short form of `npm run model`.

describe('the model', () => {
  let world: World
  let start: number
  beforeAll(async () => {
    world = await World.create()
    start = await setScene(world)
  })

  test.each(scopes)('finds no violation in the first states of $name', async (scope) => {
    const bounds = { ...boundless, states: 400 }
    const { wrong, trace = [], states } = await new Exploration(world, scope, start, bounds).run()
    expect(wrong && diagramOf({ scope: scope.name, wrong, trace })).toBeUndefined()
    expect(states).toBe(400)
  })

  test('finds no violation on random paths', async () => {
    const found = await findCounterexample(world, start, scopes, {
      walks: 4,
      until: Number.POSITIVE_INFINITY,
    })
    expect(found && diagramOf(found)).toBeUndefined()
  })
})

describe('a left out condition', () => {
  test.each(['transaction-statements.ts isIn 1', 'verifications.ts use 1', 'approvals.ts use 3'])(
    'has a counterexample: %s',
    (name) => {
      expect(counterexampleWithout(name, 60)).toMatch(/^sequenceDiagram\n.*WRONG: /s)
    },
    120_000,
  )

  test('is found in the sources', () => {
    const names = mutants().map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('transaction-statements.ts change 2')
    expect(names.filter((name) => reasonFor(name) === undefined).length).toBeGreaterThan(80)
  })

  test.each(reasons)('with a reason exists: %s', (pattern) => {
    expect(mutants().some(({ name }) => pattern.test(name))).toBe(true)
  })
})

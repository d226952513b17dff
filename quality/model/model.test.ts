import { describe, expect, test } from 'vitest'
import { diagramOf } from './diagram.ts'
import { reasonFor, reasons } from './equivalent.ts'
import { Exploration } from './explore.ts'
import { counterexampleWithout } from './find.ts'
import { mutants } from './mutants.ts'
import { newScene } from './scene.ts'
import { scopes } from './scopes.ts'

// The short form of `npm run model`.

test('the model finds no violation in the first states of each scope', async () => {
  const scene = await newScene()
  for (const scope of scopes) {
    const bounds = { states: 500, until: Number.POSITIVE_INFINITY }
    const { violation, states, isComplete } = await new Exploration(scene, scope).run(bounds)
    expect(violation && diagramOf(violation)).toBeUndefined()
    expect(isComplete || states >= 500, scope.name).toBe(true)
  }
})

describe('a left out condition', () => {
  test('has a counterexample', () => {
    const mutant = mutants().find(({ name }) => name === 'transaction-statements.ts isIn 1')
    expect(mutant && counterexampleWithout(mutant, 60)).toMatch(/^sequenceDiagram\n.*WRONG: /s)
  })

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

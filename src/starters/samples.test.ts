import { describe, expect, test } from 'vitest'
import { starters } from './catalogue.ts'
import { bundleFor, readSamples } from './samples.ts'

const samples = readSamples()

describe('the starters', () => {
  const all = bundleFor(starters, samples, '/alpha')
  const idsOf = ({ journeys, nodes, scripts, customNodeTypes, documents }: typeof all) => ({
    journeys: journeys.map(({ _id }) => _id),
    nodes: nodes.map(({ id }) => id),
    scripts: scripts.map(({ name }) => name),
    customNodeTypes: customNodeTypes.map(({ displayName }) => displayName),
    documents: documents.map(({ id }) => id),
  })

  test('have every sample', () => {
    expect(idsOf(all)).toEqual(idsOf(samples.bundle))
    expect(all.findings).toEqual([])
  })

  test('give the sample realm the samples as they are', () => {
    expect(all.journeys).toEqual(samples.bundle.journeys)
    expect(all.nodes).toEqual(samples.bundle.nodes)
  })

  test.each(starters.map((starter) => [starter.id, starter] as const))(
    '%s needs no other',
    (_id, starter) => {
      expect(bundleFor([starter], samples, '/bravo').findings).toEqual([])
    },
  )

  test('name no other realm', () => {
    const { journeys, nodes } = bundleFor(starters, samples, '/bravo')
    expect(new Set(journeys.map(({ identityResource }) => identityResource))).toEqual(
      new Set(['managed/bravo_user']),
    )
    expect(JSON.stringify(nodes)).not.toContain('alpha')
    expect(bundleFor(starters, samples, '/').journeys[0]?.identityResource).toBe('managed/user')
  })
})

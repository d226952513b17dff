import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { goTo } from '../../src/engine/action.ts'
import { type AnyNodeType, allOutcomesOf } from '../../src/engine/node-type.ts'
import { catalogue } from '../../src/nodes/catalogue.ts'
import { defineNode, setting } from '../../src/nodes/define-node.ts'
import { meaningsOf, unexplainedKeys } from '../../src/nodes/reference/state-keys.ts'
import { derivedFrom } from '../../src/nodes/reference/variants.ts'
import { exampleFinder } from './examples.ts'
import { referencePages } from './pages.ts'
import { headingOf, section } from './section.ts'

const meanings = meaningsOf(catalogue)
const exampleOf = exampleFinder()
const pages = referencePages(catalogue)
const text = [...pages.values()].join('\n')

describe.each(catalogue.map((type) => [headingOf(type), type] as const))('%s', (heading, type) => {
  test('describes its state keys, unless another type does (`reference.keys`)', () => {
    expect(unexplainedKeys(type, meanings)).toEqual([])
  })

  test('is used in a journey of `test/fixtures/journeys` or `samples`, or has a `reference.example`', () => {
    expect(exampleOf(type) ?? type.reference?.example).toBeDefined()
  })

  test('has all headings, and is in the index', () => {
    const written = section(type, exampleOf(type), meanings)
    expect(text).toContain(written)
    for (const part of ['Example', 'Inputs', 'Configuration', 'Outputs', 'Callbacks', 'Outcomes', 'Errors']) {
      expect(written).toMatch(new RegExp(`^### ${part}\n\n[^\n#]`, 'm'))
    }
    expect(written).not.toMatch(/undefined|\[object/)
    for (const { id } of allOutcomesOf(type) ?? []) expect(written).toContain(`\`${id}\``)
    expect(pages.get('nodes.md')).toContain(`[${heading}](`)
  })
})

test('leaves out secrets of journeys', () => {
  const ldap = catalogue.find(({ type }) => type === 'LdapDecisionNode')
  expect(ldap && exampleOf(ldap)?.settings).not.toHaveProperty('adminPassword')
})

test('adds the settings on which a value depends', () => {
  const type: AnyNodeType = defineNode({
    type: 'TestNode',
    version: '1.0',
    title: 'Test',
    help: 'Tests.',
    tags: ['utilities'],
    config: () =>
      z.object({
        key: setting('Key', '', z.string().default('mail')),
        isQuick: setting('Quick', '', z.boolean().default(false)),
        kind: setting('Kind', '', z.enum(['NONE', 'ONE', 'MORE']).default('NONE')),
        limit: setting('Limit', '', z.int().default(0)),
      }),
    outcomes: { all: { outcome: 'Outcome' } },
    needs: [],
    run: () => goTo('outcome'),
  })
  const derive = ({ key, isQuick, kind, limit }: Record<string, unknown>) => [
    String(key),
    ...(isQuick ? ['quick'] : ['slow']),
    ...(kind === 'NONE' ? [] : ['of-a-kind']),
    ...(Number(limit) > 0 ? ['limited'] : []),
  ]
  expect(derivedFrom(type, derive)).toEqual([
    { text: '‹key›', namedBy: { title: 'Key', preset: 'mail' } },
    { text: 'slow', condition: 'without **Quick**' },
    { text: 'quick', condition: 'with **Quick**' },
    { text: 'of-a-kind', condition: 'with **Kind** `ONE` or `MORE`' },
    { text: 'limited', condition: 'with **Limit**' },
  ])
})

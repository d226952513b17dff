import { describe, expect, test } from 'vitest'
import {
  changed,
  loginBundle,
  newMessage,
  setConfig,
  setDocument,
  setScript,
} from '../../../test/support/changed-bundle.ts'
import { inner, joined, journeyBundle } from '../../../test/support/small-bundle.ts'
import { type Bundle, emptyBundle } from '../exchange/bundle.ts'
import { differencesOf } from './differences.ts'
import { toWrite } from './to-write.ts'

const work = (before: Bundle, after: Bundle) => toWrite(differencesOf(before, after), before, after)

const idsIn = ({ journeys, nodes, scripts, customNodeTypes, documents }: Bundle) => ({
  journeys: journeys.map(({ _id }) => _id),
  nodes: nodes.map(({ id }) => id),
  others: [
    ...scripts.map(({ id }) => id),
    ...customNodeTypes.map(({ serviceName }) => serviceName),
    ...documents.map(({ id }) => id),
  ],
})

describe('what is to write', () => {
  test('is nothing without a difference', () => {
    const { write, replaced, differences, stays } = work(loginBundle(), loginBundle())
    expect({ write, replaced, differences, stays }).toEqual({
      write: emptyBundle(),
      replaced: emptyBundle(),
      differences: [],
      stays: [],
    })
  })

  test('are changed things with their nodes, and what they replace', () => {
    const { write, replaced } = work(loginBundle(), changed(newMessage, setDocument('dark', { a: 1 })))
    const nodes = ['page', 'decide', 'say', 'user', 'word']
    expect(idsIn(write)).toEqual({ journeys: ['Login'], nodes: [...nodes, 'wrong'], others: ['dark'] })
    expect(idsIn(replaced)).toEqual({ journeys: ['Login'], nodes, others: ['dark'] })
  })

  test('does not include what only the first side has', () => {
    const { write, stays } = work(joined(loginBundle(), journeyBundle('Old', {})), loginBundle())
    expect(write).toEqual(emptyBundle())
    expect(stays).toEqual([{ kind: 'journey', id: 'Old', name: 'Old' }])
  })

  test('lists dependencies first: documents, scripts, inner journeys, journeys', () => {
    const chain = joined(
      journeyBundle('A', { a: inner('B'), b: inner('C') }),
      journeyBundle('B', { c: inner('C'), d: inner('A') }),
      journeyBundle('C', { e: { type: 'MessageNode' } }),
    )
    const after = changed(
      setScript({ source: 'x' }),
      setDocument('dark', { a: 1 }),
      setConfig('decide', { outcomes: ['low'] }),
    )
    const { differences } = work(loginBundle(), joined(chain, after))
    expect(differences.map(({ item }) => item.id)).toEqual(['dark', 'risk', 'C', 'B', 'A', 'Login'])
  })
})

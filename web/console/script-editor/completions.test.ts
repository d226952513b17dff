import { describe, expect, it } from 'vitest'
import type { Bindings } from '../../api/script-bindings.ts'
import { proposalsFor } from './completions.ts'

const member = (name: string, more: object = {}) => ({ name, help: '', signature: `${name}()`, ...more })

const bindings: Bindings = {
  bindings: [
    {
      name: 'nodeState',
      kind: 'object',
      help: '',
      members: [member('get'), member('putShared', { answers: 'nodeState' })],
    },
    {
      name: 'idRepository',
      kind: 'object',
      help: '',
      members: [member('getIdentity', { answers: 'identity' })],
    },
    { name: 'properties', kind: 'map', help: '', members: [] },
    { name: 'scriptName', kind: 'text', help: '', members: [] },
  ],
  types: [{ name: 'identity', kind: 'object', help: '', members: [member('getAttributeValues')] }],
}

const labels = (text: string) =>
  proposalsFor(text, bindings, ['message'])?.proposals.map(({ label }) => label)

describe('completions at the cursor', () => {
  it('offer bindings at the start of a word', () => {
    expect(labels('  no')).toEqual(['nodeState', 'idRepository', 'properties', 'scriptName'])
    expect(proposalsFor('  no', bindings, [])?.length).toBe(2)
  })

  it('offer members after a dot', () => {
    expect(labels('nodeState.put')).toEqual(['get', 'putShared'])
    expect(proposalsFor('nodeState.put', bindings, [])?.length).toBe(3)
  })

  it('offer members of the type that a function returns', () => {
    expect(labels('var x = idRepository.getIdentity("id").')).toEqual(['getAttributeValues'])
    expect(labels('nodeState.putShared("a", 1).')).toEqual(['get', 'putShared'])
  })

  it('offer the custom node’s properties after "properties."', () => {
    expect(labels('properties.')).toEqual(['message'])
  })

  it('offer nothing after unknown names and in strings', () => {
    expect(labels('somebody.')).toBeUndefined()
    expect(labels('"no')).toBeUndefined()
    expect(labels('idRepository.getIdentity.get.')).toBeUndefined()
  })
})

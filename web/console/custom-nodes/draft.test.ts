import { describe, expect, it } from 'vitest'
import type { CustomNode } from '../../api/custom-nodes.ts'
import {
  type Draft,
  draftOf,
  newDraft,
  newProperty,
  nodeOf,
  outcomesOf,
  type PropertyDraft,
} from './draft.ts'
import { problemsOf } from './problems.ts'

const stored: CustomNode = {
  _id: 'abc-1',
  _rev: '1',
  serviceName: 'abc',
  version: 1,
  displayName: 'Set Front Channel Status',
  description: '',
  outcomes: ['Success', 'Error'],
  errorOutcome: false,
  inputs: [],
  outputs: [],
  tags: ['customNode'],
  script: 'action.goTo("Success")',
  properties: {
    list: {
      title: 'List',
      description: '',
      type: 'STRING',
      required: true,
      multivalued: true,
      defaultValue: ['a', 'b'],
    },
    limit: {
      title: 'Limit',
      description: 'At most',
      type: 'NUMBER',
      required: false,
      multivalued: false,
      defaultValue: 3,
    },
    mode: {
      title: 'Mode',
      description: '',
      type: 'STRING',
      required: false,
      multivalued: false,
      options: { on: 'On' },
    },
    shape: {
      title: 'Shape',
      description: '',
      type: 'OBJECT',
      required: false,
      multivalued: false,
      defaultValue: { a: 1 },
    },
  },
}

const property = (more: Partial<PropertyDraft>): PropertyDraft => ({
  ...newProperty('p'),
  name: 'message',
  title: 'Message',
  ...more,
})

const draft = (more: Partial<Draft>): Draft => ({
  ...newDraft('abc'),
  name: 'Node',
  outcomes: ['Next'],
  script: 'x',
  ...more,
})

describe('the draft of a custom node type', () => {
  it('saves an unchanged type as it was read', () => {
    expect({ ...nodeOf(draftOf(stored)), _rev: stored._rev }).toEqual(stored)
  })

  it('lists the error outcome last', () => {
    expect(outcomesOf(draft({ hasErrorOutcome: true }))).toEqual(['Next', 'Script Error'])
  })

  it('needs a name, an outcome and a script', () => {
    expect(problemsOf(newDraft('abc')).map(({ step }) => step)).toEqual(['name', 'settings', 'script'])
    expect(problemsOf(draft({}))).toEqual([])
  })

  it.each([
    ['name', property({ name: 'two words' })],
    ['name', property({ name: '_id' })],
    ['title', property({ title: ' ' })],
    ['type', property({ type: 'OBJECT', isMultiple: true })],
    ['options', property({ type: 'NUMBER', options: { a: 'A' } })],
    ['defaultValue', property({ type: 'NUMBER', defaultValue: 'many' })],
    ['defaultValue', property({ type: 'BOOLEAN', defaultValue: 'yes' })],
    ['defaultValue', property({ type: 'OBJECT', defaultValue: '[1]' })],
    ['defaultValue', property({ options: { a: 'A' }, defaultValue: 'b' })],
  ])('reports an invalid %s of a property', (member, wrong) => {
    expect(problemsOf(draft({ properties: [wrong] })).map(({ about }) => about)).toEqual([`p.${member}`])
  })

  it('refuses values of options that scripts could not tell from positions', () => {
    const wrong = [property({ options: { 1: 'One' } }), property({ options: { 'a b': 'Both' } })]
    for (const one of wrong)
      expect(problemsOf(draft({ properties: [one] })).map(({ about }) => about)).toEqual(['p.options'])
  })

  it('refuses the name of another type, also with spaces around it', () => {
    expect(problemsOf(draft({ name: ' Ask ' }), ['Ask']).map(({ about }) => about)).toEqual(['name'])
    expect(problemsOf(draft({ name: 'Ask' }), ['Asked'])).toEqual([])
  })

  it('tells what is missing from what is wrong', () => {
    const found = problemsOf(
      draft({ properties: [property({ name: '', title: '' }), property({ name: '1-2' })] }),
    )
    expect(found.map(({ isMissing }) => isMissing)).toEqual([true, true, undefined])
  })

  it('refuses duplicate property names and the reserved outcome', () => {
    const twice = [property({ key: 'a' }), property({ key: 'b', title: 'Other' })]
    expect(problemsOf(draft({ properties: twice })).map(({ about }) => about)).toEqual(['b.name'])
    expect(problemsOf(draft({ outcomes: ['Script Error'] })).map(({ step }) => step)).toEqual(['settings'])
  })
})

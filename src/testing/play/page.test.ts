import { expect, test } from 'vitest'
import { textsOf } from '../../walks/page.ts'

test('shows prompts, options, types of callbacks, and data for scripts as JSON', () => {
  const callbacks = [
    { type: 'MetadataCallback', output: [{ name: 'data', value: { campaign: ['spring'] } }] },
    {
      type: 'ChoiceCallback',
      output: [
        { name: 'prompt', value: 'Which drink?' },
        { name: 'choices', value: ['Coffee', 'Tea'] },
        { name: 'defaultChoice', value: 0 },
      ],
    },
  ]
  expect(textsOf({ authId: '', header: 'Drinks', description: '', callbacks })).toEqual([
    'Drinks',
    'MetadataCallback',
    '{"campaign":["spring"]}',
    'ChoiceCallback',
    'Which drink?',
    'Coffee',
    'Tea',
  ])
})

import { describe, expect, it } from 'vitest'
import { type Entry, searchEntries } from './search-entries.ts'

const entry = (kind: Entry['kind'], name: string, detail = ''): Entry => ({ kind, id: name, name, detail })

const entries = [
  entry('journey', 'HelpDesk', 'Verifies a caller'),
  entry('journey', 'My desk'),
  entry('journey', 'Zürich', 'A desk elsewhere'),
  entry('customNode', 'Desk bell 🛎'),
  entry('script', 'Find the caller'),
  entry('place', 'Journeys'),
  entry('place', 'Scripts'),
]

const namesFor = (text: string) =>
  searchEntries(entries, text).map(({ kind, entries }) => [kind, ...entries.map(({ name }) => name)])

describe('searchEntries', () => {
  it('lists all pages while the field is empty', () => {
    expect(namesFor(' ')).toEqual([['place', 'Journeys', 'Scripts']])
  })

  it('ranks the best match and its kind first', () => {
    expect(namesFor('desk')).toEqual([
      ['customNode', 'Desk bell 🛎'],
      ['journey', 'My desk', 'HelpDesk', 'Zürich'],
    ])
  })

  it.each<[string, string[][]]>([
    ['HELPDESK', [['journey', 'HelpDesk']]],
    ['zur', [['journey', 'Zürich']]],
    [
      'caller',
      [
        ['script', 'Find the caller'],
        ['journey', 'HelpDesk'],
      ],
    ],
    ['caller find', [['script', 'Find the caller']]],
    ['🛎', [['customNode', 'Desk bell 🛎']]],
    ['journeys', [['place', 'Journeys']]],
    ['nothing', []],
  ])('finds matches for “%s”', (text, expected) => {
    expect(namesFor(text)).toEqual(expected)
  })

  it('counts matches beyond the limit', () => {
    const many = Array.from({ length: 40 }, (_, i) => entry('journey', `Journey ${i}`))
    const [group] = searchEntries(many, 'journey')
    expect(group?.entries).toHaveLength(6)
    expect(group?.more).toBe(34)
  })
})

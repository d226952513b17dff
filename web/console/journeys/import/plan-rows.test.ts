import { describe, expect, it } from 'vitest'
import type { PlanItem } from '../../../api/journey-exchange.ts'
import { chosenRows, planRows, writtenIn } from './plan-rows.ts'

const item = (kind: string, name: string, status: PlanItem['status'], journey?: string): PlanItem => ({
  kind,
  id: name,
  name,
  status,
  journey,
})
const rowsOf = (...items: PlanItem[]) =>
  planRows({ items, findings: [], isImported: false, isPossible: true })

describe('the rows of a plan', () => {
  it('include the nodes of a journey and name those that differ', () => {
    const rows = rowsOf(
      item('journey', 'Login', 'changed'),
      item('node', 'Sign in', 'changed', 'Login'),
      item('node', 'Message', 'identical', 'Login'),
      item('node', 'Elsewhere', 'new', 'Other'),
      item('script', 'Risk', 'new'),
    )
    expect(rows).toEqual([
      {
        kind: 'journey',
        id: 'Login',
        name: 'Login',
        status: 'changed',
        nodes: { count: 2, differing: ['Sign in'] },
      },
      { kind: 'script', id: 'Risk', name: 'Risk', status: 'new' },
    ])
  })

  it.each<[PlanItem['status'], PlanItem['status'], number]>([
    ['changed', 'changed', 1],
    ['new', 'changed', 1],
    ['kept', 'kept', 0],
    ['identical', 'identical', 0],
  ])('count an identical journey with a node that is %s as %s', (node, journey, written) => {
    const rows = rowsOf(item('journey', 'Login', 'identical'), item('node', 'Sign in', node, 'Login'))
    expect(rows.map(({ status }) => status)).toEqual([journey])
    expect(writtenIn(rows)).toBe(written)
  })

  it('list unchanged items last', () => {
    const rows = rowsOf(
      item('journey', 'A', 'identical'),
      item('journey', 'B', 'kept'),
      item('theme', 'C', 'new'),
      item('theme', 'D', 'changed'),
    )
    expect(rows.map(({ name }) => name)).toEqual(['B', 'D', 'C', 'A'])
    expect(writtenIn(rows)).toBe(2)
  })

  it('follow the choices of the person', () => {
    const rows = rowsOf(
      item('script', 'A', 'kept'),
      item('script', 'B', 'kept'),
      item('theme', 'C', 'new'),
      item('theme', 'D', 'identical'),
    )
    const choices = [
      { kind: 'script', id: 'B', take: true },
      { kind: 'theme', id: 'C', take: false },
      { kind: 'theme', id: 'D', take: true },
    ]
    const statuses = chosenRows(rows, { existing: 'skip', choices }).map(({ name, status }) => [name, status])
    expect(statuses).toEqual([
      ['A', 'kept'],
      ['B', 'changed'],
      ['C', 'left'],
      ['D', 'identical'],
    ])
  })
})
